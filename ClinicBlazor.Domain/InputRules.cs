using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain;

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

    /// <summary>As <see cref="Clean"/>, on one line.</summary>
    public static string CleanLine(string? text) => LineEnds().Replace(Clean(text), " ");

    /// <summary>True for an address of the form that mail servers take, at most 254 characters.</summary>
    public static bool IsEmail(string text) =>
        text.Length is > 2 and <= 254 && !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address)
        && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);

    /// <summary>True for 3 to 50 letters, digits, hyphens and underscores.</summary>
    public static bool IsUserName(string text) => UserName().IsMatch(text);

    /// <summary>True for 7 to 15 digits (ITU-T E.164) with the usual signs between them.</summary>
    public static bool IsPhone(string text) =>
        text.Length <= 40 && Phone().IsMatch(text) && text.Count(char.IsAsciiDigit) is >= 7 and <= 15;

    /// <summary>The nine digits of an SSN or TIN; null when it is not one.</summary>
    public static string? NineDigits(string? text)
    {
        var digits = string.Concat((text ?? "").Where(char.IsAsciiDigit));
        return digits.Length == 9 && Identifier().IsMatch(text!) ? digits : null;
    }

    /// <summary>The first ten characters of an ISO date; null when it is none.</summary>
    public static DateOnly? IsoDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{3,50}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UserName();

    [GeneratedRegex(@"^\+?[0-9 ()./-]+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^\s*[0-9]{2,3}[ -]?[0-9]{2}[ -]?[0-9]{4,5}\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();
}

/// <summary>Collects what is wrong with an input, field by field.</summary>
internal sealed class Findings
{
    private readonly List<FieldError> found = [];

    /// <summary>True when nothing was found.</summary>
    public bool IsEmpty => found.Count == 0;

    /// <summary>What was found, as the answer of an operation.</summary>
    public Error Error => Error.Invalid(found);

    /// <summary>Adds a finding.</summary>
    public Findings Add(string field, Message message)
    {
        found.Add(new FieldError(field, message));
        return this;
    }

    /// <summary>Adds a finding unless the rule holds.</summary>
    public Findings Check(bool holds, string field, Message message) => holds ? this : Add(field, message);

    /// <summary>Asks for some text of at most <paramref name="longest"/> characters.</summary>
    public Findings Text(string text, string field, int longest, Message missing) =>
        Check(text.Length > 0, field, missing).Check(text.Length <= longest, field, new Message("Use at most {0} characters.", longest));
}
