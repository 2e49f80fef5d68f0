using Microsoft.Extensions.Hosting;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>Work in the background that needs the database, and so begins when the clinic has started.</summary>
public abstract class ClinicBackgroundService(ClinicReadiness readiness) : BackgroundService
{
    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await readiness.WaitAsync(stoppingToken);
            await WorkAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    /// <summary>Works until the program ends; may then throw what its cancellation throws.</summary>
    protected abstract Task WorkAsync(CancellationToken ct);
}
