using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// Links new entries into the chain, in order, within a second. Writers never wait for it: an entry carries its own
/// MAC from the start. Where several instances run, the primary key of the seals lets one of them win; the other tries
/// again.
/// </summary>
internal sealed partial class AuditSealer(ClinicReadiness readiness, AuditDatabase database, AuditTrail trail, AuditMac mac,
    ILogger<AuditSealer> log)
    : ClinicBackgroundService(readiness)
{
    private const int Batch = 500;
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    // What the last run of the program left is sealed once the first page had its turn.
    private static readonly TimeSpan AtFirst = TimeSpan.FromSeconds(1);

    /// <summary>Raised when this instance has sealed something; subscribers must be quick.</summary>
    public event Action? Sealed;

    /// <summary>Seals what waits. Returns how many entries were sealed.</summary>
    public async Task<int> SealPendingAsync(CancellationToken ct)
    {
        var total = 0;
        int? sealedNow;
        do
        {
            sealedNow = await SealBatchAsync(ct);
            total += sealedNow ?? 0;
        }
        while (sealedNow is null or Batch);
        if (total > 0)
        {
            Sealed?.Invoke();
        }

        return total;
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        await trail.WaitAsync(AtFirst, ct);
        while (true)
        {
            try
            {
                await SealPendingAsync(ct);
                await trail.WaitAsync(AtMost, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                LogFault(fault);
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }

    /// <summary>Seals some; null when another instance was quicker.</summary>
    private async Task<int?> SealBatchAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var waiting = await db.Set<AuditPending>()
            .Join(db.Set<AuditEntry>(), pending => pending.EntryId, entry => entry.Id,
                (pending, entry) => new { Pending = pending, entry.Mac })
            .OrderBy(row => row.Pending.EntryId)
            .Take(Batch)
            .ToListAsync(ct);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var last = await db.Set<AuditSeal>().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(ct);
        foreach (var row in waiting)
        {
            last = mac.Seal(last, row.Pending.EntryId, row.Mac);
            db.Set<AuditSeal>().Add(last);
            db.Set<AuditPending>().Remove(row.Pending);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException fault) when (database.WasBeaten(fault))
        {
            // Its links are as good.
            return null;
        }

        return waiting.Count;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit entries could not be sealed; they are kept and tried again")]
    private partial void LogFault(Exception fault);
}
