namespace ClinicBlazor.App.Shared;

/// <summary>Calls once when a clearance ends by itself, so that no open page goes by one that is over.</summary>
/// <param name="clock">The clock.</param>
/// <param name="ended">What is called, on a thread of the timer's own.</param>
internal sealed class ExpiryTimer(TimeProvider clock, Action ended) : IDisposable
{
    // A little after the moment: whoever reads then finds it over.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    // A timer counts no more than some weeks. Called early, a page reads the same and sets it anew.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private ITimer? _timer;

    /// <summary>Waits for this moment in place of the one before; for none when it is null.</summary>
    public void Set(DateTimeOffset? moment)
    {
        _timer?.Dispose();
        _timer = moment is { } end
            ? clock.CreateTimer(_ => ended(), state: null, DelayOf(end - clock.GetUtcNow() + Margin), Timeout.InfiniteTimeSpan) : null;
    }

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    private static TimeSpan DelayOf(TimeSpan left) => left < Margin ? Margin : left < Longest ? left : Longest;
}
