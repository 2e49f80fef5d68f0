using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Writes, when a minute is over, the entry that tells how many refusals of somebody had none of their own. The number lies in the
/// database until then: after an end of the program the next start writes it.
/// </summary>
internal sealed partial class DenialSweeper(ClinicReadiness readiness, ClinicGate gate, TimeProvider time, ILogger<DenialSweeper> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>Writes what is due; answers with how many entries.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var written = 0;
        while (await WriteOneAsync(ct))
        {
            written++;
        }

        return written;
    }

    // The number stays where it is; the next round tries again.
    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken ct) => RepeatAsync(Period, () => SweepAsync(ct), LogFault, ct, time);

    private async Task<bool> WriteOneAsync(CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.DenialsCounted) { Outcome = AuditOutcome.Denied };
        return (await gate.RunForProgramAsync<Done>(request, async (db, trace) =>
        {
            var present = DenialTally.MinuteOf(time.Now());
            var tally = await db.Set<DenialTally>().AsTracking()
                .Where(row => row.Minute < present && row.Count > DenialTally.Each)
                .OrderBy(row => row.Minute).FirstOrDefaultAsync(ct);
            if (tally is null)
            {
                return Error.Invalid("Rows", "Nothing is due.");
            }

            trace.AccountId = tally.AccountId;
            trace.Remark = tally.Remark;
            db.Set<DenialTally>().Remove(tally);
            return Done.Instance;
        }, ct)).IsSuccess;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The number of refusals could not be written")]
    private partial void LogFault(Exception fault);
}
