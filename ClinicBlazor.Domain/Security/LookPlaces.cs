using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>Which records and documents some looks at one patient's data were at, and in which visits they were.</summary>
internal sealed class LookPlaces
{
    private readonly Dictionary<Guid, LookedAtRecord> records;
    private readonly Dictionary<Guid, LookedAtDocument> documents;
    private readonly IReadOnlyList<Span> visits;

    private LookPlaces(
        Dictionary<Guid, LookedAtRecord> records, Dictionary<Guid, LookedAtDocument> documents, IReadOnlyList<Span> visits) =>
        (this.records, this.documents, this.visits) = (records, documents, visits);

    /// <summary>Reads what stands behind <paramref name="looks"/>, which are the newest first.</summary>
    public static async Task<LookPlaces> OfAsync(
        ClinicDbContext db, FieldProtector protector, Actor actor, Guid patientId, IReadOnlyList<OwnLook> looks, CancellationToken ct)
    {
        if (looks.Count == 0)
        {
            return new LookPlaces([], [], []);
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
        return new LookPlaces(found, await DocumentsAsync(db, protector, actor, patientId, looks, ct), near);
    }

    /// <summary>The document that the look was at; null where it was none.</summary>
    public LookedAtDocument? DocumentOf(OwnLook look) =>
        look.Entry.DocumentId is { } id ? documents.GetValueOrDefault(id) : null;

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

    // What its patient does not see any more has no name either: that may be about somebody else.
    private static async Task<Dictionary<Guid, LookedAtDocument>> DocumentsAsync(
        ClinicDbContext db, FieldProtector protector, Actor actor, Guid patientId, IReadOnlyList<OwnLook> looks, CancellationToken ct)
    {
        var ids = looks.Select(look => look.Entry.DocumentId).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var looked = db.Set<Document>().Where(row => row.PatientId == patientId && ids.Contains(row.Id));
        var shown = (await looked.ShownTo(db, actor).Select(row => row.Id).ToListAsync(ct)).ToHashSet();
        return (await looked.ToListAsync(ct)).ToDictionary(row => row.Id, row => new LookedAtDocument(row.Id,
            shown.Contains(row.Id) ? protector.Open(row.FileName, FieldPlace.Of(row, nameof(Document.FileName))) : "", row.AddedAt,
            !shown.Contains(row.Id)));
    }

    // Who did not come, or was entered by mistake, was in no visit at any time.
    private sealed record Span(Guid Id, DateTimeOffset? PlannedFor, DateTimeOffset? ArrivedAt, DateTimeOffset? ClosedAt);
}
