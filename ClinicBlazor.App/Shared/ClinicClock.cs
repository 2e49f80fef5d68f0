namespace ClinicBlazor.App.Shared;

/// <summary>Moments as the clock on the clinic's wall shows them.</summary>
public static class ClinicClock
{
    /// <summary>A moment in the clinic's time zone.</summary>
    public static DateTimeOffset Local(this TimeProvider clock, DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, clock.LocalTimeZone);

    /// <summary>The clinic's present day.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
}
