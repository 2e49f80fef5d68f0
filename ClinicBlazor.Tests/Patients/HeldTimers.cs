namespace ClinicBlazor.Tests.Patients;

/// <summary>A clock whose timers run off only when a test says so.</summary>
public sealed class HeldTimers(TimeProvider clock) : TimeProvider
{
    private readonly List<Held> held = [];

    /// <summary>How long from its start each timer that still waits was set to.</summary>
    public IReadOnlyList<TimeSpan> Waiting => [.. held.Select(timer => timer.DueTime)];

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(this, () => callback(state), dueTime);

        // What beats on and on is a library's housekeeping, no pause that the page makes.
        if (period == Timeout.InfiniteTimeSpan)
        {
            held.Add(timer);
        }

        return timer;
    }

    /// <summary>Lets every timer that waits run off.</summary>
    public void RunOff() => held.ToList().ForEach(timer => timer.RunOff());

    private sealed class Held(HeldTimers owner, Action callback, TimeSpan dueTime) : ITimer
    {
        public TimeSpan DueTime { get; private set; } = dueTime;

        public void RunOff()
        {
            owner.held.Remove(this);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueTime = dueTime;
            return true;
        }

        public void Dispose() => owner.held.Remove(this);

        public ValueTask DisposeAsync()
        {
            owner.held.Remove(this);
            return ValueTask.CompletedTask;
        }
    }
}
