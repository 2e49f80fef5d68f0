namespace ClinicBlazor.Domain.Access;

/// <summary>What one lease of the database may see and change. It feeds the query filters and the write guard.</summary>
/// <param name="AccountId">Who reads; care team and visits are looked up for this account.</param>
/// <param name="PatientId">The patient that is the reader.</param>
/// <param name="Demographic">Reach over patients' demographics.</param>
/// <param name="Clinical">Reach over clinical content.</param>
/// <param name="Now">The moment for which care team memberships and visits are judged.</param>
internal sealed record AccessScope(Guid? AccountId, Guid? PatientId, Reach Demographic, Reach Clinical, DateTimeOffset Now)
{
    /// <summary>The scope that the policy gives <paramref name="actor"/> for <paramref name="permission"/>.</summary>
    public static AccessScope For(Actor actor, Permission permission, DateTimeOffset now)
    {
        var reach = AccessPolicy.ReachOf(actor.Roles, permission);
        return AccessPolicy.CompartmentOf(permission) switch
        {
            Compartment.Clinical => new(actor.AccountId, actor.PatientId, reach, reach, now),
            Compartment.Demographic => new(actor.AccountId, actor.PatientId, reach, Reach.None, now),
            Compartment.Account or Compartment.Administration => new(actor.AccountId, actor.PatientId, Reach.None, Reach.None, now),
            _ => throw new ArgumentOutOfRangeException(nameof(permission)),
        };
    }

    /// <summary>Sees everything; for migrations' seed data and for background work on rows of no person's choosing.</summary>
    public static AccessScope Unrestricted(DateTimeOffset now) => new(null, null, Reach.Everyone, Reach.Everyone, now);
}
