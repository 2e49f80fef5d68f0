namespace ClinicBlazor.Domain.Kernel;

/// <summary>
/// Wakes work in the background as soon as there is some. However often it is called meanwhile, the work begins once more and
/// finds all that there is.
/// </summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim called = new(0, 1);

    /// <summary>Says that there is work. Of calls before the work begins again, the first one counts.</summary>
    public void Call()
    {
        // Asked first: this is called at every change, and an exception each time costs more than the change's own work.
        lock (called)
        {
            if (called.CurrentCount == 0)
            {
                called.Release();
            }
        }
    }

    /// <summary>Waits until there is work, or until <paramref name="atMost"/> has passed.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => called.WaitAsync(atMost, ct);

    /// <inheritdoc/>
    public void Dispose() => called.Dispose();
}
