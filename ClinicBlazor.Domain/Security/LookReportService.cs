using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>Patients say which look they do not recognise; administrators look into it and answer.</summary>
public sealed class LookReportService(ClinicGate gate, FieldProtector protector, TimeProvider time)
{
    /// <summary>Most characters of an answer.</summary>
    public const int LongestAnswer = 500;

    private const int Most = 50;

    /// <summary>
    /// Says of a look at one's own data that one does not recognise it; once for each look. <see cref="ErrorKind.NotFound"/>
    /// for an entry that is none of these.
    /// </summary>
    public Task<Result<Done>> ReportAsync(Actor actor, Guid entryId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.AccessHistoryRead, AuditAct.LookReported)
        {
            PatientId = actor.PatientId, Sent = entryId,
        };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            if (actor.PatientId is not { } patientId
                || await OwnLooks.FindAsync(db, actor, patientId, entryId, ct) is not { } look)
            {
                return Error.NotFound;
            }

            trace.SubjectId = look.AccountId;
            if (await db.Set<LookReport>().AnyAsync(report => report.PatientId == patientId && report.EntryId == entryId, ct))
            {
                trace.GoesOn = true;
                return Done.Instance;
            }

            db.Set<LookReport>().Add(new LookReport
            {
                Id = time.NewId(), PatientId = patientId, EntryId = entryId, ReportedAt = time.Now(),
            });
            return Done.Instance;
        }, ct, retry: true);
    }

    /// <summary>Reports that wait for an answer, the oldest first; at most 50.</summary>
    public Task<Result<IReadOnlyList<OpenLookReport>>> ListOpenAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<OpenLookReport>>(actor, new AccessRequest(Permission.LookReportAnswer, AuditAct.LookReportsListed),
            async (db, trace) =>
        {
            var reports = await db.Set<LookReport>().Where(report => report.AnsweredAt == null)
                .OrderBy(report => report.ReportedAt).ThenBy(report => report.Id).Take(Most).ToListAsync(ct);
            trace.List(reports.Select(report => report.PatientId));
            var (entryIds, patientIds) = (reports.ConvertAll(report => report.EntryId), reports.ConvertAll(report => report.PatientId));
            var looks = await db.Set<AuditEntry>().Where(entry => entryIds.Contains(entry.Id))
                .Select(entry => new { entry.Id, entry.At, entry.AccountId, entry.Role, entry.Act })
                .ToDictionaryAsync(entry => entry.Id, ct);
            var names = await AccountNames.OfAsync(db, looks.Values.Select(look => look.AccountId), ct);
            var numbers = await db.Set<PatientNumber>().Where(patient => patientIds.Contains(patient.Id))
                .ToDictionaryAsync(patient => patient.Id, patient => patient.Number, ct);
            return Result.Of<IReadOnlyList<OpenLookReport>>(
            [
                .. reports.Where(report => looks.ContainsKey(report.EntryId))
                    .Select(report => (Report: report, Look: looks[report.EntryId]))
                    .Select(row => new OpenLookReport(
                        row.Report.Id, row.Report.ReportedAt, numbers.TryGetValue(row.Report.PatientId, out var number) ? number : null,
                        row.Look.At, row.Look.AccountId is { } who ? names.GetValueOrDefault(who, "") : "", row.Look.Role, row.Look.Act,
                        row.Look.AccountId != actor.AccountId)),
            ]);
        }, ct);

    /// <summary>
    /// Answers a report, which closes it; the patient reads the answer. <see cref="ErrorKind.Denied"/> for a look of one's own:
    /// nobody clears themselves. <see cref="ErrorKind.Conflict"/> when somebody else has answered it already.
    /// </summary>
    public Task<Result<Done>> AnswerAsync(Actor actor, Guid reportId, string answer, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.LookReportAnswer, AuditAct.LookReportAnswered) { Sent = new { reportId, answer } };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            var report = await db.Set<LookReport>().AsTracking().SingleOrDefaultAsync(row => row.Id == reportId, ct);
            if (report is null)
            {
                return Error.NotFound;
            }

            trace.PatientId = report.PatientId;
            if (!await db.Set<AuditEntry>().AnyAsync(entry => entry.Id == report.EntryId && entry.AccountId != actor.AccountId, ct))
            {
                return Error.Denied;
            }

            var clean = InputRules.Clean(answer);
            var findings = new Findings().Text(clean, "Answer", LongestAnswer, "Write what you found out. The patient reads it.");
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            if (report.AnsweredAt is not null)
            {
                return Error.Conflict;
            }

            report.Close(protector.Seal(clean, FieldPlace.Of(report, nameof(LookReport.Answer))), actor.AccountId!.Value, time.Now());
            return Done.Instance;
        }, ct);
    }
}
