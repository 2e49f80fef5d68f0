using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Visits;

/// <summary>
/// Closes what was forgotten: visits of an earlier day that nobody finished, with every part in them, and planned ones to which
/// nobody came. A visit over midnight has half a day after its last act to end by itself.
/// </summary>
internal sealed partial class VisitSweeper(
    ClinicReadiness readiness, ClinicGate gate, VisitParts parts, TimeProvider time, ILogger<VisitSweeper> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestNight = TimeSpan.FromHours(12);

    /// <summary>Closes all that is due; answers with how many visits.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var closed = 0;
        while (await CloseOneAsync(VisitAct.Finish, ct) || await CloseOneAsync(VisitAct.MarkNoShow, ct))
        {
            closed++;
        }

        return closed;
    }

    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken ct) => RepeatAsync(Period, () => SweepAsync(ct), LogFault, ct);

    private async Task<bool> CloseOneAsync(VisitAct act, CancellationToken ct) =>
        (await gate.RunForProgramAsync<Done>(new AccessRequest(Permission.SignIn, VisitTransitions.Of(act).AuditAct), async (db, trace) =>
        {
            var (start, _) = ClinicDay.Of(time);
            var now = time.Now();
            var night = now - LongestNight;
            var latest = start < night ? start : night;
            var visits = db.Set<Visit>().AsTracking();
            var due = await (act == VisitAct.Finish
                ? visits.Open().Where(visit => visit.ArrivedAt < latest && (visit.StatusSince == null || visit.StatusSince < night))
                    .OrderBy(visit => visit.ArrivedAt)
                : visits.Planned().Where(visit => visit.PlannedFor < latest).OrderBy(visit => visit.PlannedFor))
                .FirstOrDefaultAsync(ct);
            if (due is null)
            {
                return Error.Invalid("Visit", "None is due.");
            }

            (trace.PatientId, trace.VisitId) = (due.PatientId, due.Id);
            trace.Remark = "closed by the program, a day later";
            var done = due.Do(act, new VisitStep(time.NewId(), null, now < due.Since ? due.Since : now));
            db.Add(done);
            await parts.EndAsync(db, due, done.Id, ct);
            return Done.Instance;
        }, ct)).IsSuccess;

    [LoggerMessage(Level = LogLevel.Error, Message = "Visits of earlier days could not be closed")]
    private partial void LogFault(Exception fault);
}
