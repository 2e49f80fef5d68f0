using Microsoft.Extensions.Time.Testing;

namespace ClinicBlazor.Tests.Support;

/// <summary>A clock that stands still, its timers with it, until a test moves it.</summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>Begins on a Monday morning.</summary>
    public TestClock()
        : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    private int timers;

    /// <summary>How many timers were set so far: whoever waits for one knows that it is there before the clock moves.</summary>
    public int Timers => Volatile.Read(ref timers);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref timers);
        return timer;
    }
}
