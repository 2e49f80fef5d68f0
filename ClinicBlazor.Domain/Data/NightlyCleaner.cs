using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Data;

/// <summary>Takes away, each night, the rows whose time is over, and writes down how many of each kind.</summary>
internal sealed partial class NightlyCleaner(
    ClinicReadiness readiness, ClinicGate gate, IEnumerable<Outdated> kinds, TimeProvider time, ILogger<NightlyCleaner> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <summary>Takes away all that is outdated; answers with how many rows. Each round is one act with its own entry.</summary>
    public async Task<int> CleanAsync(CancellationToken ct)
    {
        var total = 0;
        for (var round = await CleanOnceAsync(ct); round > 0; round = await CleanOnceAsync(ct))
        {
            total += round;
        }

        return total;
    }

    // What could not be taken away opens nothing; the next night tries again.
    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken ct) => RepeatAsync(Period, () => CleanAsync(ct), LogFault, ct, time);

    private async Task<int> CleanOnceAsync(CancellationToken ct)
    {
        var removed = 0;
        var done = await gate.RunForProgramAsync<Done>(new AccessRequest(Permission.SignIn, AuditAct.OutdatedRemoved), async (db, trace) =>
        {
            var counts = new List<string>();
            removed = 0;
            foreach (var kind in kinds)
            {
                var count = await kind.RemoveAsync(db, time.Now(), ct);
                removed += count;
                counts.Add(string.Create(CultureInfo.InvariantCulture, $"{kind.Name} {count}"));
            }

            trace.Remark = string.Join(", ", counts);
            return removed == 0 ? Error.Invalid("Rows", "Nothing is outdated.") : Done.Instance;
        }, ct);

        // What could not be saved is still there, and counting it would begin the same round again for ever.
        return done.IsSuccess ? removed : 0;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Outdated rows could not be taken away")]
    private partial void LogFault(Exception fault);
}
