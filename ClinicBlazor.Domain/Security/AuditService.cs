using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>Reads the audit trail.</summary>
public sealed class AuditService(ClinicGate gate, AuditVerifier verifier, FieldProtector protector)
{
    /// <summary>How many times the history of looks at one's own data goes back.</summary>
    public const int AccessHistoryLength = 200;

    // A page of the library's grid costs memory by its rows.
    private const int PageSize = 18;

    /// <summary>Entries, newest or oldest first, 18 at a time.</summary>
    public Task<Result<Page<AuditRow>>> ListAsync(Actor actor, AuditQuery query, CancellationToken ct) =>
        gate.RunAsync<Page<AuditRow>>(actor, new AccessRequest(Permission.AuditRead, AuditAct.AuditRead), async db =>
            await PageAsync(db, query, PageSize, ct), ct);

    /// <summary>
    /// Compares the trail with its anchors, which is quick: what was cut off or rolled back is found before anybody
    /// asks for the whole walk.
    /// </summary>
    public Task<Result<AnchorComparison>> CompareAsync(Actor actor, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.AuditRead, AuditAct.AnchorsCompared);
        return gate.RunAsync<AnchorComparison>(actor, request, async (db, trace) =>
        {
            var comparison = await verifier.CompareAsync(db, ct);
            trace.Outcome = comparison.Holds ? AuditOutcome.Done : AuditOutcome.Failed;
            return comparison;
        }, ct);
    }

    /// <summary>
    /// Who looked at the actor's own data, in lists and searches too, newest first: at which record, in which visit, and what
    /// became of those looks that the actor did not recognise; the last <see cref="AccessHistoryLength"/>.
    /// </summary>
    public Task<Result<AccessHistory>> OwnAccessHistoryAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<AccessHistory>(actor,
            new AccessRequest(Permission.AccessHistoryRead, AuditAct.AccessHistoryRead) { PatientId = actor.PatientId }, async db =>
        {
            if (actor.PatientId is not { } patientId)
            {
                return new AccessHistory("", default, []);
            }

            var looks = await OwnLooks.NewestAsync(db, actor, patientId, AccessHistoryLength, ct);
            var names = await AccountNames.OfAsync(db, looks.Select(look => (Guid?)look.AccountId), ct);
            var ids = looks.Select(look => look.Id).ToList();
            var places = await LookPlaces.OfAsync(db, protector, actor, patientId, looks, ct);
            var reports = await db.Set<LookReport>().Where(report => report.PatientId == patientId && ids.Contains(report.EntryId))
                .ToDictionaryAsync(report => report.EntryId, ct);
            IReadOnlyList<AccessHistoryRow> rows =
            [
                .. looks.Where(look => names.ContainsKey(look.AccountId)).Select(look => new AccessHistoryRow(
                    look.Id, look.Entry.At, names[look.AccountId], look.Entry.Role, look.Entry.Act, look.InList)
                    {
                        Report = reports.TryGetValue(look.Id, out var report) ? State(report) : null,
                        Record = places.RecordOf(look),
                        Document = places.DocumentOf(look),
                        Visit = places.VisitOf(look),
                    }),
            ];
            var patient = await db.Set<Patient>().Where(row => row.Id == patientId)
                .Select(row => new { row.GivenName, row.FamilyName, row.Number, row.BirthDate }).SingleAsync(ct);
            return new AccessHistory($"{patient.GivenName} {patient.FamilyName}, {patient.Number}", patient.BirthDate, rows);
        }, ct);

    /// <summary>One page of the entries that are asked for.</summary>
    internal static async Task<Page<AuditRow>> PageAsync(ClinicDbContext db, AuditQuery query, int size, CancellationToken ct)
    {
        var found = await new AuditSearch(db, query, ct).FirstAsync(size + 1);
        var rows = await RowsAsync(db, [.. found.Take(size)], ct);
        return new Page<AuditRow>(rows, found.Count > size ? found[size - 1].ToString() : null);
    }

    private LookReportState State(LookReport report) => new(report.ReportedAt, report.AnsweredAt,
        protector.OpenOptional(report.Answer, FieldPlace.Of(report, nameof(LookReport.Answer))));

    /// <summary>What stands beside the entries of one page: places in the chain, names, patients' numbers.</summary>
    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(ClinicDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = await db.Set<AuditEntry>().Where(entry => ids.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, ct);
        var entries = ids.Where(found.ContainsKey).Select(id => found[id]).ToList();
        var listed = (await db.Set<AuditListed>().Where(row => ids.Contains(row.EntryId)).ToListAsync(ct))
            .ToLookup(row => row.EntryId, row => row.PatientId);
        var seals = await db.Set<AuditSeal>().Where(seal => ids.Contains(seal.EntryId))
            .Select(seal => new { seal.EntryId, seal.Sequence }).ToDictionaryAsync(seal => seal.EntryId, seal => seal.Sequence, ct);
        var names = await AccountNames.OfAsync(db, entries.SelectMany(entry => new[] { entry.AccountId, entry.SubjectId }), ct);
        var patientIds = entries.Select(entry => entry.PatientId).OfType<Guid>()
            .Concat(listed.SelectMany(list => list)).Distinct().ToList();
        var numbers = await db.Set<PatientNumber>().Where(patient => patientIds.Contains(patient.Id))
            .ToDictionaryAsync(patient => patient.Id, patient => patient.Number, ct);
        return
        [
            .. entries.Select(entry => new AuditRow(
                entry.Id, seals.TryGetValue(entry.Id, out var sequence) ? sequence : null, entry.At, NameOf(entry.AccountId), entry.Role,
                    entry.Act, entry.Outcome,
                entry.Level, entry.PatientId,
                    entry.PatientId is { } patientId && numbers.TryGetValue(patientId, out var number) ? number : null,
                entry.RecordId, entry.VisitId, NameOf(entry.SubjectId), entry.Address, entry.UserAgent, entry.SessionId)
            {
                DocumentId = entry.DocumentId,
                Details = AuditDetails.Read(entry.Details),
                Listed = [.. listed[entry.Id].Where(numbers.ContainsKey).Select(id => numbers[id]).Order()],
            }),
        ];

        string? NameOf(Guid? accountId) => accountId is { } id ? names.GetValueOrDefault(id) : null;
    }
}
