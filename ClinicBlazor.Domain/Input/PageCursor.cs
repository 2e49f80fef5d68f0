using System.Globalization;
using System.Text;

namespace ClinicBlazor.Domain.Input;

/// <summary>A place in a list, as opaque text for an address: the values by which the list is ordered, of the last row shown.</summary>
public static class PageCursor
{
    private const char Separator = '\u001e';
    private const int Longest = 2000;

    /// <summary>Writes a place.</summary>
    public static string Write(params string[] parts) => Convert.ToHexString(Encoding.UTF8.GetBytes(string.Join(Separator, parts)));

    /// <summary>Writes a place in a list that is ordered by a moment, and by the id where moments are the same.</summary>
    public static string Write(DateTimeOffset moment, Guid id) =>
        Write(moment.UtcTicks.ToString(CultureInfo.InvariantCulture), $"{id:D}");

    /// <summary>Reads such a place; null for none, and for a text that is none.</summary>
    public static (DateTimeOffset Moment, Guid Id)? ReadMoment(string? cursor) =>
        Read(cursor) is [var ticks, var text] && Guid.TryParse(text, out var id)
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            ? (new DateTimeOffset(at, TimeSpan.Zero), id) : null;

    /// <summary>Reads a place; null for none, and for a text that is none.</summary>
    public static string[]? Read(string? cursor) =>
        string.IsNullOrEmpty(cursor) || cursor.Length % 2 != 0 || cursor.Length > Longest || !cursor.All(char.IsAsciiHexDigit)
            ? null
            : Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split(Separator);
}
