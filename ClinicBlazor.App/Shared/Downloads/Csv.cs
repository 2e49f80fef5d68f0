using System.Globalization;

namespace ClinicBlazor.App.Shared.Downloads;

/// <summary>
/// Comma-separated values (RFC 4180). A field that a spreadsheet would take for a formula begins with an apostrophe, as OWASP advises.
/// </summary>
internal static class Csv
{
    private static readonly char[] Quoted = ['"', ',', '\r', '\n'];

    /// <summary>What begins a formula in one spreadsheet or another.</summary>
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r', '\n'];

    /// <summary>A line of fields, with its end.</summary>
    public static string Line(IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\r\n";

    /// <summary>A moment in UTC, the same in every language; nothing for none.</summary>
    public static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string Field(string? value)
    {
        var text = value is { Length: > 0 } given && Array.IndexOf(Formula, given[0]) >= 0 ? $"'{given}" : value ?? "";
        return text.IndexOfAny(Quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
