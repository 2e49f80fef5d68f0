using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>Compares the trail with its anchors and makes new ones: when the application starts, hourly, and when it stops.</summary>
internal sealed partial class AnchorKeeper(
    ClinicReadiness readiness, AuditAnchors anchors, IOptions<ClinicSettings> settings, TimeProvider time, ILogger<AnchorKeeper> log)
        : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(5);

    private bool started;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (started)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            end.CancelAfter(AtTheEnd);
            await TryAsync(() => anchors.MakeAsync(AnchorReason.Stop, end.Token), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        started = true;
        var interval = TimeSpan.FromMinutes(settings.Value.Anchors.Minutes);
        var done = await KeepAsync(AnchorReason.Start, ct);
        var next = time.GetUtcNow() + interval;
        while (true)
        {
            var until = next - time.GetUtcNow();
            until = until < TimeSpan.Zero ? TimeSpan.Zero : until;
            await Task.Delay((!done || anchors.IsOwing) && Again < until ? Again : until, time, ct);
            if (!done || time.GetUtcNow() >= next)
            {
                done = await KeepAsync(AnchorReason.Hour, ct);
                next = time.GetUtcNow() + interval;
            }
            else
            {
                await TryAsync(() => anchors.SendAsync(ct), ct);
            }
        }
    }

    private Task<bool> KeepAsync(AnchorReason reason, CancellationToken ct) => TryAsync(async () =>
    {
        await anchors.CompareAsync(ct);
        await anchors.MakeAsync(reason, ct);
    }, ct);

    /// <summary>A disk that is full or a database that is out of reach now must not end it for good.</summary>
    private async Task<bool> TryAsync(Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            LogFault(fault);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail could not be anchored; it is tried again")]
    private partial void LogFault(Exception fault);
}
