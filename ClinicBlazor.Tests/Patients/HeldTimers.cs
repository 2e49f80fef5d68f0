using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Patients;

/// <summary>A clock whose timers run off only when a test says so.</summary>
public sealed class HeldTimers(TimeProvider clock) : TimeProvider
{
    // Pages set their timers, and end them, on threads beside the test's.
    private readonly Lock turn = new();
    private readonly List<Held> held = [];

    /// <summary>How long from its start each timer that still waits was set to.</summary>
    public IReadOnlyList<TimeSpan> Waiting => [.. All().Select(timer => timer.DueTime)];

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(this, () => callback(state), dueTime);

        // What beats on and on is a library's housekeeping, no pause that the page makes.
        if (period == Timeout.InfiniteTimeSpan)
        {
            lock (turn)
            {
                held.Add(timer);
            }
        }

        return timer;
    }

    /// <summary>Lets every timer that waits run off.</summary>
    public void RunOff() => All().ForEach(timer => timer.RunOff());

    /// <summary>Lets timers run off, those too that are set meanwhile, until something has ended that waits for them.</summary>
    public async Task RunOffAsync(Task ended)
    {
        RunOff();
        await TestTime.WaitUntilAsync(() => ended.IsCompleted, RunOff);
        await ended;
    }

    private List<Held> All()
    {
        lock (turn)
        {
            return [.. held];
        }
    }

    private bool Remove(Held timer)
    {
        lock (turn)
        {
            return held.Remove(timer);
        }
    }

    private sealed class Held(HeldTimers owner, Action callback, TimeSpan dueTime) : ITimer
    {
        public TimeSpan DueTime { get; private set; } = dueTime;

        public void RunOff()
        {
            if (owner.Remove(this))
            {
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueTime = dueTime;
            return true;
        }

        public void Dispose() => owner.Remove(this);

        public ValueTask DisposeAsync()
        {
            owner.Remove(this);
            return ValueTask.CompletedTask;
        }
    }
}
