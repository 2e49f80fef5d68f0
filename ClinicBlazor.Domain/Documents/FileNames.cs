using System.Globalization;
using System.Text;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// What a file is called, as text for people. Whatever a browser sends is kept as such text and never used as a path: the stored
/// file goes by the document's id.
/// </summary>
internal static class FileNames
{
    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>
    /// The last part of a path, in Unicode NFC, on one line, without control characters and without marks that turn the direction of
    /// writing, by which a name could show another ending than it has. Empty when nothing is left.
    /// </summary>
    public static string Clean(string? sent)
    {
        var kept = new StringBuilder();
        foreach (var rune in (sent ?? "").EnumerateRunes())
        {
            kept.Append(Turns(rune) ? "" : Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "",
                _ => rune.ToString(),
            });
        }

        var name = InputRules.CleanLine(kept.ToString());
        var last = name[(name.LastIndexOfAny(Separators) + 1)..].Trim();
        return last.All(sign => sign == '.') ? "" : last;
    }

    // The marks of the Unicode bidirectional algorithm (UAX #9). Joiners, which Persian and emoji are written with, stay.
    private static bool Turns(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
