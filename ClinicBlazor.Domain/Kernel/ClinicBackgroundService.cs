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

    /// <summary>
    /// Does something at once and then in each period, until the program ends. What fails is told, and done again in the next.
    /// </summary>
    /// <param name="period">How long one is.</param>
    /// <param name="act">What is done.</param>
    /// <param name="tell">Is given each fault.</param>
    /// <param name="ct">The end of the program.</param>
    /// <param name="time">By whose clock; the machine's own where none is given.</param>
    protected static async Task RepeatAsync(
        TimeSpan period, Func<Task> act, Action<Exception> tell, CancellationToken ct, TimeProvider? time = null)
    {
        using var timer = time is null ? new PeriodicTimer(period) : new PeriodicTimer(period, time);
        do
        {
            try
            {
                await act();
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                tell(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    /// <summary>Works until the program ends; may then throw what its cancellation throws.</summary>
    protected abstract Task WorkAsync(CancellationToken ct);
}
