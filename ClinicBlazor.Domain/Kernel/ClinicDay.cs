namespace ClinicBlazor.Domain.Kernel;

/// <summary>A day as the clinic counts it: from midnight to midnight where the clinic is.</summary>
internal static class ClinicDay
{
    /// <summary>Today's beginning, and its end, which is tomorrow's beginning.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) Of(TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        return (At(time, today, TimeOnly.MinValue), At(time, today.AddDays(1), TimeOnly.MinValue));
    }

    /// <summary>The day of a moment.</summary>
    public static DateOnly DateOf(TimeProvider time, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).DateTime);

    /// <summary>
    /// The moment of a day at which the clinic's clocks show <paramref name="clock"/>; where they leave it out in spring, the one an
    /// hour later.
    /// </summary>
    public static DateTimeOffset At(TimeProvider time, DateOnly day, TimeOnly clock)
    {
        var local = day.ToDateTime(clock);
        var zone = time.LocalTimeZone;
        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
