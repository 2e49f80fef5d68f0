using ClinicBlazor.Domain.Protection;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Data.Keys;

/// <summary>Reads new keys that another instance or a command has made, well within the time that they wait for it.</summary>
internal sealed partial class KeyWatch(ClinicReadiness readiness, KeyStore store, KeyRing keys, KeySettings settings, TimeProvider time,
    ILogger<KeyWatch> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(settings.Grace / 4 > AtLeast ? settings.Grace / 4 : AtLeast, time, ct);
            try
            {
                var stored = await store.ReadAsync(ct);
                if (!keys.Holds(stored))
                {
                    keys.Reload(stored);
                }
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                LogFault(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The data keys could not be read again; they are tried again")]
    private partial void LogFault(Exception fault);
}
