using System.Globalization;

namespace ClinicBlazor.Domain.Input;

/// <summary>Reads a time of day as it is typed.</summary>
public static class WrittenTime
{
    private static readonly string[] Forms =
        ["H:mm", "HH:mm", "H.mm", "%H", "HHmm", "h:mm tt", "h:mmtt", "h tt", "htt", "h.mm tt", "H'h'", "H'h'mm"];

    /// <summary>The time; null when the text says none. An hour alone is that hour, 24 hours or with am and pm.</summary>
    public static TimeOnly? Read(string? text, CultureInfo culture)
    {
        // 930 is half past nine, which the framework does not read out of three digits.
        var typed = Pasted.Plain(text).Trim();
        var plain = typed.Length == 3 && typed.All(char.IsAsciiDigit) ? $"0{typed}" : typed;
        return TimeOnly.TryParseExact(plain, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var time)
            || (TimeOnly.TryParse(plain, culture, DateTimeStyles.AllowWhiteSpaces, out time) && time.Ticks % TimeSpan.TicksPerMinute == 0)
            ? time : null;
    }
}
