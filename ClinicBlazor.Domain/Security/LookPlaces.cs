using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>Which records some looks at one patient's data were at, and in which visits they were.</summary>
internal sealed class LookPlaces
{
    private readonly Dictionary<Guid, LookedAtRecord> records;
    private readonly IReadOnlyList<Span> visits;

    private LookPlaces(Dictionary<Guid, LookedAtRecord> records, IReadOnlyList<Span> visits) =>
        (this.records, this.visits) = (records, visits);

    /// <summary>Reads what stands behind <paramref name="looks"/>, which are the newest first.</summary>
    public static async Task<LookPlaces> OfAsync(ClinicDbContext db, Guid patientId, IReadOnlyList<OwnLook> looks, CancellationToken ct)
    {
        if (looks.Count == 0)
        {
            return new LookPlaces([], []);
        }

        var ids = looks.Select(look => look.Entry.RecordId).OfType<Guid>().Distinct().ToList();
        var found = await db.Set<MedicalRecord>().Where(record => record.PatientId == patientId && ids.Contains(record.Id))
            .Select(record => new LookedAtRecord(record.Id, record.CreatedAt, record.Status == RecordStatus.EnteredInError))
            .ToDictionaryAsync(record => record.Id, ct);
        var (first, last) = (looks[^1].Entry.At, looks[0].Entry.At);
        var named = looks.Select(look => look.Entry.VisitId).OfType<Guid>().Distinct().ToList();
        var near = await db.Set<Visit>()
            .Where(visit => visit.PatientId == patientId && (named.Contains(visit.Id)
                || (visit.ArrivedAt <= last && (visit.ClosedAt == null || visit.ClosedAt >= first))))
            .Select(visit => new Span(visit.Id, visit.PlannedFor, visit.Status == VisitStatus.EnteredInError ? null : visit.ArrivedAt,
                visit.ClosedAt)).ToListAsync(ct);
        return new LookPlaces(found, near);
    }

    /// <summary>The record that the look was at; null where it was none.</summary>
    public LookedAtRecord? RecordOf(OwnLook look) =>
        look.Entry.RecordId is { } id ? records.GetValueOrDefault(id) : null;

    /// <summary>
    /// The visit in which the look was: the one that its entry names, else the one that was open then. A patient has one
    /// open visit at a time.
    /// </summary>
    public LookVisit? VisitOf(OwnLook look)
    {
        var visit = visits.FirstOrDefault(visit => visit.Id == look.Entry.VisitId) ?? visits.FirstOrDefault(visit =>
            visit.ArrivedAt <= look.Entry.At && (visit.ClosedAt is null || visit.ClosedAt >= look.Entry.At));
        return visit is null ? null : new LookVisit(visit.Id, visit.ArrivedAt ?? visit.PlannedFor ?? look.Entry.At);
    }

    // Who did not come, or was entered by mistake, was in no visit at any time.
    private sealed record Span(Guid Id, DateTimeOffset? PlannedFor, DateTimeOffset? ArrivedAt, DateTimeOffset? ClosedAt);
}
