using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// The rules for what people type (requirement S4-07): text is normalised, never mangled; what breaks a rule is
/// refused with a message for the field.
/// </summary>
public static partial class InputRules
{
    /// <summary>Unicode NFC, line ends as LF, no control characters but line end and tab, no blanks at the ends.</summary>
    public static string Clean(string? text)
    {
        var normal = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var kept = new StringBuilder(normal.Length);
        foreach (var rune in normal.EnumerateRunes())
        {
            // A lone half of a surrogate pair comes out as U+FFFD, so that what is kept can always be stored and normalised.
            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
            {
                kept.Append(rune);
            }
        }

        return kept.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    /// <summary>
    /// As <see cref="Clean"/>, on one line, with the spaces that the space bar types: those that do not break, or are narrow
    /// or wide, come with what is pasted, and nobody sees them.
    /// </summary>
    public static string CleanLine(string? text) => Spaces().Replace(LineEnds().Replace(Clean(text), " "), " ");

    /// <summary>
    /// True for an address of the form that mail servers take, at most 254 characters; it is a user name too, and holds
    /// no code.
    /// </summary>
    public static bool IsEmail(string text) =>
        text.Length is > 2 and <= 254 && !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address)
        && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal) && !AttackSigns.In(text);

    /// <summary>The nine digits of a TIN; null when it is not one.</summary>
    public static string? NineDigits(string? text)
    {
        var plain = Pasted.Plain(text);
        return Identifier().IsMatch(plain) && Pasted.Digits(plain) is { Length: 9 } digits ? digits : null;
    }

    /// <summary>The first ten characters of an ISO date; null when it is none.</summary>
    public static DateOnly? IsoDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"\s*[\n\p{Zl}\p{Zp}]\s*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"[\p{Zs}\t]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\s*[0-9]{2,3}[ -]?[0-9]{2}[ -]?[0-9]{4,5}\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();
}
