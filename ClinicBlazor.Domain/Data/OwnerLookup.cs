using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Finds whose the thing is that was asked for, so that a refusal is found under its patient. A concept registers one
/// for each kind of id that it puts into an entry; nobody sees the answer but the audit trail.
/// </summary>
internal interface IOwnerLookup
{
    /// <summary>The patient to whom what the trace names belongs; null when it names none of this kind, or none that exists.</summary>
    Task<Guid?> FindAsync(ClinicDbContext db, AuditTrace trace, CancellationToken ct);
}

/// <summary>The owner of a row of one entity.</summary>
/// <param name="idOf">The id that a trace names.</param>
internal sealed class OwnerLookup<T>(Func<AuditTrace, Guid?> idOf) : IOwnerLookup
    where T : class, IPatientOwned
{
    /// <inheritdoc/>
    public async Task<Guid?> FindAsync(ClinicDbContext db, AuditTrace trace, CancellationToken ct) => idOf(trace) is { } id
        ? await db.Set<T>().IgnoreQueryFilters([ClinicDbContext.AccessFilter])
            .Where(row => EF.Property<Guid>(row, "Id") == id)
            .Select(row => (Guid?)EF.Property<Guid>(row, nameof(IPatientOwned.PatientId))).SingleOrDefaultAsync(ct)
        : null;
}

/// <summary>All of them.</summary>
internal sealed class OwnerLookups(IEnumerable<IOwnerLookup> owners)
{
    private readonly IReadOnlyList<IOwnerLookup> owners = [.. owners];

    /// <summary>
    /// The patients under whom a refusal is found: the one that was named, and the one to whom the thing that was named
    /// belongs, where that is another one. One null where there is none.
    /// </summary>
    public async Task<IReadOnlyList<Guid?>> PatientsOfAsync(ClinicDbContext db, AuditTrace trace, CancellationToken ct)
    {
        var patients = new List<Guid?> { trace.PatientId };
        foreach (var owner in owners)
        {
            patients.Add(await owner.FindAsync(db, trace, ct));
        }

        return [.. patients.OfType<Guid>().Distinct().Select(id => (Guid?)id).DefaultIfEmpty(null)];
    }
}
