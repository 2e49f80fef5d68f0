using System.Globalization;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>Reads an amount of money as it is typed.</summary>
public static partial class WrittenAmount
{
    private const int MostDigits = 9;

    /// <summary>
    /// The amount in cents; null when the text is none. A currency's sign or code may stand beside it. One or two digits behind the
    /// last point or comma are cents. A point or comma before three digits parts groups where the culture writes it so, and is
    /// refused elsewhere, because it may have been meant otherwise.
    /// </summary>
    public static long? Read(string? text, CultureInfo culture)
    {
        var match = Form().Match(Pasted.Plain(text).Trim());
        if (!match.Success)
        {
            return null;
        }

        var (whole, cents, point) = (match.Groups["whole"].Value, match.Groups["cents"].Value, match.Groups["point"].Value);
        var digits = string.Concat(whole.Where(char.IsAsciiDigit));
        var groups = string.Concat(whole.Where(sign => !char.IsAsciiDigit(sign)).Distinct());
        var isClear = groups.Length == 0
            || (groups.Length == 1 && (point.Length > 0 ? groups != point : groups is not ("." or ",") || groups == Grouping(culture)));
        return isClear && digits.Length <= MostDigits
            ? (long.Parse(digits, CultureInfo.InvariantCulture) * 100) + CentsOf(cents) : null;
    }

    private static string Grouping(CultureInfo culture) => culture.NumberFormat.NumberGroupSeparator;

    private static long CentsOf(string digits) =>
        digits.Length == 0 ? 0 : long.Parse(digits.PadRight(2, '0'), CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?:\p{Sc}|[A-Za-z]{3})? ?(?<whole>[0-9]+|[0-9]{1,3}(?:[.,' ][0-9]{3})+)(?:(?<point>[.,])(?<cents>[0-9]{1,2}))? ?(?:\p{Sc}|[A-Za-z]{3})?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
