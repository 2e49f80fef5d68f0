namespace ClinicBlazor.Tests.Support;

/// <summary>The system's clock, which a test can put forward.</summary>
public sealed class RunningClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}
