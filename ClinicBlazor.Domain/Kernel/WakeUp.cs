namespace ClinicBlazor.Domain.Kernel;

/// <summary>
/// Wakes work in the background as soon as there is some. However often it is called meanwhile, the work begins once more and
/// finds all that there is.
/// </summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim called = new(0, 1);

    /// <summary>Says that there is work.</summary>
    public void Call()
    {
        try
        {
            called.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been called already and will find this work too.
        }
    }

    /// <summary>Waits until there is work, or until <paramref name="atMost"/> has passed.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => called.WaitAsync(atMost, ct);

    /// <inheritdoc/>
    public void Dispose() => called.Dispose();
}
