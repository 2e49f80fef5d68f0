using System.Globalization;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>Reads an amount of money as it is typed.</summary>
public static partial class WrittenAmount
{
    private const int MostDigits = 9;

    /// <summary>
    /// The amount in cents; null when the text is none, or one of another currency. The sign or code of <paramref name="currency"/>
    /// may stand on one side. One or two digits behind the last point or comma are cents. A point or comma before three digits parts
    /// groups where the culture writes it so, and is refused elsewhere, because it may have been meant otherwise.
    /// </summary>
    public static long? Read(string? text, CultureInfo culture, string currency)
    {
        var match = Form().Match(WithoutCurrency(Pasted.Plain(text).Trim(), currency));
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

    private static string WithoutCurrency(string text, string currency)
    {
        foreach (var sign in (string[])[currency, Money.SignOf(currency)])
        {
            if (text.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                return text[sign.Length..].TrimStart();
            }

            if (text.EndsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                return text[..^sign.Length].TrimEnd();
            }
        }

        return text;
    }

    private static string Grouping(CultureInfo culture) => culture.NumberFormat.NumberGroupSeparator;

    private static long CentsOf(string digits) =>
        digits.Length == 0 ? 0 : long.Parse(digits.PadRight(2, '0'), CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<whole>[0-9]+|[0-9]{1,3}(?:[.,' ][0-9]{3})+)(?:(?<point>[.,])(?<cents>[0-9]{1,2}))?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
