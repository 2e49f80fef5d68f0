namespace ClinicBlazor.Domain.Access;

/// <summary>
/// Which change of roles gives power that a second person confirms, and which takes a chart away. All are read from
/// <see cref="AccessPolicy.Table"/>, so that a new line is judged like the others.
/// </summary>
public static class Power
{
    private static readonly IReadOnlyList<Permission> Charts = PermissionsOf(Compartment.Clinical);

    private static readonly IReadOnlyList<Permission> Watched = [.. Charts, .. PermissionsOf(Compartment.Administration)];

    /// <summary>
    /// True when <paramref name="after"/> reach clinical content or the administration further than
    /// <paramref name="before"/>, or are clinical for the first time: an administrator reads what a nurse reads, but nobody of
    /// the front desk assigns them a patient.
    /// </summary>
    public static bool IsAdded(Roles before, Roles after) =>
        Watched.Any(permission => Gains(before, after, permission)) || (after.HasAny(Roles.Clinical) && !before.HasAny(Roles.Clinical));

    /// <summary>
    /// True when <paramref name="after"/> put staff on the care team of anybody, which <paramref name="before"/> did not, and
    /// the <paramref name="giver"/> could be put there: a second account of one's own would open every chart to the first.
    /// </summary>
    public static bool IsAssigningAdded(Roles giver, Roles before, Roles after) =>
        giver.HasAny(Roles.Clinical) && (AssigningOf(after) & ~before) != Roles.None;

    /// <summary>Those of <paramref name="roles"/> that put staff on the care team of anybody.</summary>
    public static Roles AssigningOf(Roles roles) => roles.Each()
        .Where(role => AccessPolicy.ReachOf(role, Permission.CareTeamChange).HasFlag(Reach.Everyone))
        .Aggregate(Roles.None, (all, role) => all | role);

    /// <summary>
    /// True when <paramref name="after"/> reach less of the charts than <paramref name="before"/>: what was assigned by
    /// the old roles ends.
    /// </summary>
    public static bool IsChartLost(Roles before, Roles after) => Charts.Any(permission => Gains(after, before, permission));

    private static bool Gains(Roles before, Roles after, Permission permission) =>
        (AccessPolicy.ReachOf(after, permission) & ~AccessPolicy.ReachOf(before, permission)) != Reach.None;

    private static IReadOnlyList<Permission> PermissionsOf(Compartment compartment) =>
        [.. AccessPolicy.Table.Where(line => line.Compartment == compartment).Select(line => line.Permission)];
}
