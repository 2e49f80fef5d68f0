using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Records;

/// <summary>How long something has waited, as one says it.</summary>
internal static class WaitingTime
{
    /// <summary>The words: minutes in the first hour, hours in the first two days, then days.</summary>
    public static string Of(TimeSpan time, IStringLocalizer<RecordsText> text) => time switch
    {
        { TotalMinutes: < 60 } => text["waits {0} min", Math.Max(0, (int)time.TotalMinutes)],
        { TotalHours: < 48 } => text["waits {0} h", (int)time.TotalHours],
        _ => text["waits {0} days", (int)time.TotalDays],
    };
}
