using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// Social security numbers by their shape (SSA, "Randomization FAQ"): three, two and four digits; 000 and 666 were
/// never given, nor group 00 or serial 0000. Numbers from 900 on are given to people without an SSN and are taken.
/// </summary>
public static partial class SocialSecurityNumber
{
    /// <summary>The nine digits; null when the text is no such number. Nine digits grouped like a phone's are none.</summary>
    public static string? Read(string? text) =>
        Shape().Match(Pasted.Plain(text)) is { Success: true } match
        && (match.Groups["area"].Value, match.Groups["group"].Value, match.Groups["serial"].Value) is
            (not ("000" or "666") and var area, not "00" and var group, not "0000" and var serial)
            ? area + group + serial
            : null;

    /// <summary>True for nine digits without a sign between them, which may as well be the beginning of a phone number.</summary>
    public static bool MayBePhone(string text) => Pasted.Plain(text).All(char.IsAsciiDigit);

    [GeneratedRegex("^(?<area>[0-9]{3})[- ]?(?<group>[0-9]{2})[- ]?(?<serial>[0-9]{4})$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
