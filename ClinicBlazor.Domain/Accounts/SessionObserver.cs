using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Reports every session that is begun or ended, by whatever act: nobody has to remember it.</summary>
internal sealed class SessionObserver(SessionEvents events) : IChangeObserver
{
    /// <inheritdoc/>
    public Action? Observe(ChangeTracker changes)
    {
        var found = changes.Entries<Session>()
            .Where(entry => entry.State == EntityState.Added
                || (entry.State == EntityState.Modified && entry.Property(session => session.RevokedAt).IsModified))
            .Select(entry => new SessionChange(
                entry.Entity.Id, entry.Entity.AccountId,
                    entry.State == EntityState.Added ? SessionChangeKind.Started : SessionChangeKind.Ended))
            .ToList();
        return found.Count == 0 ? null : () => found.ForEach(events.Publish);
    }
}
