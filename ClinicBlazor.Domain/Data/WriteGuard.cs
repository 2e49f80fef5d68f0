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
/// move to another patient, or when something about a patient would be deleted; and when somebody would give power to
/// themselves, or change by any other act than those made for it what an account may do or whose patient it is.
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

        PowerGuard.Refuse(db);
        changed.RemoveAll(entry => db.Scope.MayChangeRoles && PowerGuard.IsOnlyAnEnd(entry));

        var linked = PowerGuard.LinkedPatients(db);
        await RefuseOutOfReachAsync(db, PatientsOf(changed.Where(entry => entry.Entity is IClinical)), db.Scope.Clinical,
            cancellationToken);
        await RefuseOutOfReachAsync(db, PatientsOf(changed.Where(entry => entry.Entity is IDemographic)).Concat(linked),
            db.Scope.Demographic, cancellationToken);
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

    private static IEnumerable<Guid> PatientsOf(IEnumerable<EntityEntry<IPatientOwned>> entries) =>
        entries.Select(entry => entry.Entity.PatientId);

    private static async Task RefuseOutOfReachAsync(ClinicDbContext db, IEnumerable<Guid> ids, Reach reach, CancellationToken ct)
    {
        var patients = ids.Distinct().ToList();
        if (patients.Count == 0 || reach.HasFlag(Reach.Everyone))
        {
            return;
        }

        var scope = db.Scope;
        foreach (var patientId in patients)
        {
            var own = reach.HasFlag(Reach.Self) && scope.PatientId == patientId;
            var byVisit = reach.HasFlag(Reach.Assigned);
            var assigned = (byVisit || reach.HasFlag(Reach.Team)) && await db.Set<AccessGrant>().InForceAt(scope.Now).AnyAsync(
                grant => grant.PatientId == patientId && grant.AccountId == scope.AccountId
                    && (byVisit || grant.Kind == GrantKind.CareTeam),
                ct);
            if (!own && !assigned)
            {
                throw new OutOfScopeWriteException("A change of a patient's data is out of this person's reach.");
            }
        }
    }
}
