namespace ClinicBlazor.Domain.Access;

/// <summary>
/// Which change of roles gives power that a second person confirms, and which takes a chart away. Both are read from
/// <see cref="AccessPolicy.Table"/>, so that a new line is judged like the others.
/// </summary>
public static class Power
{
    private static readonly IReadOnlyList<Permission> Charts = PermissionsOf(Compartment.Clinical);

    private static readonly IReadOnlyList<Permission> Watched = [.. Charts, .. PermissionsOf(Compartment.Administration)];

    /// <summary>
    /// True when <paramref name="after"/> reach clinical content or the administration further than
    /// <paramref name="before"/>.
    /// </summary>
    public static bool IsAdded(Roles before, Roles after) => Watched.Any(permission => Gains(before, after, permission));

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
