using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Data;

/// <summary>The write guard's part about power: nobody gives it to themselves, and it changes by the acts made for it alone.</summary>
internal static class PowerGuard
{
    /// <summary>Throws <see cref="OutOfScopeWriteException"/> for a change of power that this lease is not for.</summary>
    public static void Refuse(ClinicDbContext db)
    {
        foreach (
            var entry in db.ChangeTracker.Entries<IPowerHolder>().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            RefuseRoles(db.Scope, entry);
            RefuseLink(db.Scope, entry);
        }

        // Who calls a patient in takes what was given by whoever opened the visit, and no more than that.
        if (db.Scope.AccountId is { } self
            && db.ChangeTracker.Entries<IAccessGrant>().Any(entry => entry.State == EntityState.Added && entry.Entity.AccountId == self
                && !(entry.Entity is { IsTemporary: true, GivenById: { } giver } && giver != self)))
        {
            throw new OutOfScopeWriteException("Nobody assigns a patient to themselves.");
        }
    }

    /// <summary>True for what ends with an account, and does not change otherwise.</summary>
    public static bool IsOnlyAnEnd(EntityEntry entry) =>
        entry is { State: EntityState.Modified, Entity: IEndsWithAccount row }
        && entry.Properties.Where(property => property.IsModified)
            .All(property => property.CurrentValue is not null && row.WrittenByAnEnd.Contains(property.Metadata.Name));

    /// <summary>
    /// The patients to whom accounts would be linked, or from whom they would be parted: they must be within reach, unless an
    /// act on the account itself parts it.
    /// </summary>
    public static IEnumerable<Guid> LinkedPatients(ClinicDbContext db) =>
        db.ChangeTracker.Entries<IPowerHolder>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .Select(entry => entry.Property(nameof(IPowerHolder.PatientId)))
            .Select(link => (Before: link.EntityEntry.State == EntityState.Added ? null : (Guid?)link.OriginalValue,
                After: (Guid?)link.CurrentValue))
            .Where(link => link.Before != link.After && !(link.After is null && db.Scope.MayChangeRoles))
            .SelectMany(link => new[] { link.Before, link.After })
            .OfType<Guid>();

    private static void RefuseRoles(AccessScope scope, EntityEntry<IPowerHolder> entry)
    {
        var roles = entry.Property(nameof(IPowerHolder.Roles));
        var before = entry.State == EntityState.Added ? Roles.None : (Roles)roles.OriginalValue!;
        if (before == entry.Entity.Roles)
        {
            return;
        }

        // Whoever registers alone becomes a patient, who reaches nothing before staff have linked them to a chart.
        var isRegistration = entry.State == EntityState.Added && entry.Entity.Roles == Roles.Patient;
        if (!isRegistration && (!scope.MayChangeRoles || entry.Entity.Id == scope.AccountId))
        {
            throw new OutOfScopeWriteException("Roles are given and taken by another person, and by the acts that are made for it.");
        }
    }

    private static void RefuseLink(AccessScope scope, EntityEntry<IPowerHolder> entry)
    {
        var link = entry.Property(nameof(IPowerHolder.PatientId));
        var before = entry.State == EntityState.Added ? null : link.OriginalValue;
        var may = link.CurrentValue is null
            ? scope.MayChangeLinks || scope.MayChangeRoles
            : scope.MayChangeLinks && entry.Entity.Id != scope.AccountId;
        if (!Equals(before, link.CurrentValue) && !may)
        {
            throw new OutOfScopeWriteException("Whose patient an account is changes by the acts that are made for it.");
        }
    }
}
