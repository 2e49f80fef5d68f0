namespace ClinicBlazor.Domain.Access;

/// <summary>What one lease of the database may see and change. It feeds the query filters and the write guard.</summary>
/// <param name="AccountId">Who reads; care team and visits are looked up for this account.</param>
/// <param name="PatientId">The patient that is the reader.</param>
/// <param name="Demographic">Reach over patients' demographics.</param>
/// <param name="Clinical">Reach over clinical content.</param>
/// <param name="Now">The moment for which care team memberships and visits are judged.</param>
internal sealed record AccessScope(Guid? AccountId, Guid? PatientId, Reach Demographic, Reach Clinical, DateTimeOffset Now)
{
    /// <summary>Whether roles may be given and taken, and what an account held by them, or held of a patient, may end with it.</summary>
    public bool MayChangeRoles { get; init; }

    /// <summary>Whether it may change whose patient an account is.</summary>
    public bool MayChangeLinks { get; init; }

    /// <summary>
    /// Whether it sees the whole audit trail; else only what its person did, and what was done to patients within its
    /// reach.
    /// </summary>
    public bool MayReadTrail { get; init; }

    /// <summary>Whether it sees what the program found in the trail, and says what became of it.</summary>
    public bool MayReadAlerts { get; init; }

    /// <summary>Whether it finds what others sign in with; else only what is its own person's.</summary>
    public bool MayReadCredentials { get; init; }

    /// <summary>The scope that the policy gives <paramref name="actor"/> for <paramref name="permission"/>.</summary>
    public static AccessScope For(Actor actor, Permission permission, DateTimeOffset now)
    {
        var reach = AccessPolicy.ReachOf(actor.Roles, permission);
        AccessScope scope = AccessPolicy.CompartmentOf(permission) switch
        {
            Compartment.Clinical => new(actor.AccountId, actor.PatientId, reach, reach, now),
            Compartment.Demographic => new(actor.AccountId, actor.PatientId, reach, Reach.None, now),
            Compartment.Account or Compartment.Administration => new(actor.AccountId, actor.PatientId, Reach.None, Reach.None, now),
            _ => throw new ArgumentOutOfRangeException(nameof(permission)),
        };
        var isProgram = actor.AccountId is null && actor.Client == ClientInfo.Local;
        return scope with
        {
            MayChangeRoles = isProgram || permission == Permission.AccountManage,
            MayReadTrail = permission is Permission.AuditRead or Permission.LookReportAnswer or Permission.AuditReview,
            MayReadCredentials = isProgram || permission is Permission.SignIn or Permission.AccountList or Permission.AccountManage,
            MayReadAlerts = permission is Permission.AlertRead or Permission.AlertAcknowledge,
            MayChangeLinks = permission is Permission.PatientAccountLink or Permission.PatientAccountConfirm,
        };
    }

    /// <summary>Sees everything; for migrations' seed data and for background work on rows of no person's choosing.</summary>
    public static AccessScope Unrestricted(DateTimeOffset now) =>
        new(null, null, Reach.Everyone, Reach.Everyone, now)
        {
            MayChangeRoles = true, MayChangeLinks = true, MayReadTrail = true, MayReadAlerts = true, MayReadCredentials = true,
        };
}
