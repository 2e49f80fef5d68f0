using System.Globalization;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// Reads the number of a patient, alone or as pages and people write it: <c>No. 10231</c>, <c>N.º 10231</c>, <c>#10231</c>.
/// </summary>
public static partial class WrittenPatientNumber
{
    /// <summary>The number; null when the text is none.</summary>
    public static int? Read(string? text) => Read(text, mustSayIt: false);

    /// <summary>The number of a text that says that it is one; null for digits alone, which may be a phone's.</summary>
    public static int? ReadMarked(string? text) => Read(text, mustSayIt: true);

    private static int? Read(string? text, bool mustSayIt) =>
        Form().Match(Pasted.Plain(text)) is { Success: true } match && (!mustSayIt || match.Groups["mark"].Length > 0)
            && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    // Pasting makes º an o, and № the letters No.
    [GeneratedRegex("^(?<mark>(?:(?:patient|paciente) ?)?(?:#|n(?:[uú]m|[uú]mero|umber)?[.o°]{0,3})?(?: de paciente)?:?)?"
        + " ?(?<number>[0-9]{1,9})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
