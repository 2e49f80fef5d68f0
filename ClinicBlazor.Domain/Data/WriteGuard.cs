using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClinicBlazor.Domain.Data;

/// <summary>A change was about to leave the scope of its lease. This is a bug in a service, never a person's mistake.</summary>
public sealed class OutOfScopeWriteException(string message) : InvalidOperationException(message);

/// <summary>
/// Query filters guard what is read; this guards what is written. It looks at every changed row before it is saved and
/// throws <see cref="OutOfScopeWriteException"/> when the row's patient is out of the lease's reach, when a row would
/// move to another patient, or when something about a patient would be deleted.
/// </summary>
internal sealed class WriteGuard : SaveChangesInterceptor
{
    /// <inheritdoc/>
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        throw new NotSupportedException("The clinic's database is saved asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var db = (ClinicDbContext)eventData.Context!;
        var changed = db.ChangeTracker.Entries<IPatientOwned>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        foreach (var entry in changed)
        {
            RefuseDeletionAndMove(entry);
        }

        await RefuseOutOfReachAsync(db, changed.Where(entry => entry.Entity is IClinical), db.Scope.Clinical, cancellationToken);
        await RefuseOutOfReachAsync(db, changed.Where(entry => entry.Entity is IDemographic), db.Scope.Demographic, cancellationToken);
        return result;
    }

    private static void RefuseDeletionAndMove(EntityEntry<IPatientOwned> entry)
    {
        if (entry.State == EntityState.Deleted && entry.Entity is not IDiscardable)
        {
            throw new OutOfScopeWriteException($"{entry.Metadata.ClrType.Name}: nothing about a patient is deleted.");
        }

        if (entry.State == EntityState.Modified && entry.Metadata.FindProperty(nameof(IPatientOwned.PatientId)) is { } owner
            && !Equals(entry.Property(owner).OriginalValue, entry.Property(owner).CurrentValue))
        {
            throw new OutOfScopeWriteException($"{entry.Metadata.ClrType.Name}: a row cannot move to another patient.");
        }
    }

    private static async Task RefuseOutOfReachAsync(
        ClinicDbContext db, IEnumerable<EntityEntry<IPatientOwned>> entries, Reach reach, CancellationToken ct)
    {
        var patients = entries.Select(entry => entry.Entity.PatientId).Distinct().ToList();
        if (patients.Count == 0 || reach.HasFlag(Reach.Everyone))
        {
            return;
        }

        var scope = db.Scope;
        foreach (var patientId in patients)
        {
            var own = reach.HasFlag(Reach.Self) && scope.PatientId == patientId;
            var assigned = reach.HasFlag(Reach.Assigned) && await db.AccessGrants.AnyAsync(
                grant => grant.PatientId == patientId && grant.AccountId == scope.AccountId
                    && grant.StartsAt <= scope.Now && (grant.EndsAt == null || grant.EndsAt > scope.Now),
                ct);
            if (!own && !assigned)
            {
                throw new OutOfScopeWriteException("A change of a patient's data is out of this person's reach.");
            }
        }
    }
}
