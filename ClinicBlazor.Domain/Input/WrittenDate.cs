using System.Globalization;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>What a text says of a day.</summary>
/// <param name="Day">The day; null when it says none, or could mean two.</param>
/// <param name="CouldBeTwo">True when the text could mean two days: it has to be asked about.</param>
public readonly record struct WrittenDate(DateOnly? Day, bool CouldBeTwo)
{
    /// <summary>
    /// Reads a day in every form that pages show it in, in the language of <paramref name="culture"/> or in English:
    /// ISO, with the month as a word on either side of the day, or in numbers. Numbers parted by slashes or hyphens are
    /// read day first where that language writes no other way; in English they may mean either.
    /// </summary>
    public static WrittenDate Read(string? text, CultureInfo culture) => WrittenDates.Read(Pasted.Plain(text), culture);
}

/// <summary>Reads days.</summary>
internal static partial class WrittenDates
{
    public static WrittenDate Read(string text, CultureInfo culture)
    {
        if (Iso().Match(text) is { Success: true } iso)
        {
            return One(iso, "y", "m", "d");
        }

        return Numbers().Match(text) is { Success: true } numbers ? InNumbers(numbers, culture) : InWords(text, culture);
    }

    private static WrittenDate InNumbers(Match match, CultureInfo culture)
    {
        var (dayFirst, monthFirst) = (One(match, "y", "b", "a"), One(match, "y", "a", "b"));
        var isDayFirst = match.Groups["s"].Value == "." || culture.DateTimeFormat.ShortDatePattern.StartsWith('d');
        if (isDayFirst || monthFirst.Day is null || dayFirst == monthFirst)
        {
            return dayFirst;
        }

        return dayFirst.Day is null ? monthFirst : new WrittenDate(null, CouldBeTwo: true);
    }

    private static WrittenDate InWords(string text, CultureInfo culture)
    {
        int? day = null, month = null, year = null;
        foreach (var word in Folding.Words(text))
        {
            var digits = Ordinal().Match(word).Groups["n"];
            var number = digits.Success ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : (int?)null;
            if (digits.Length == 4 && year is null)
            {
                year = number;
            }
            else if (number is not null && day is null)
            {
                day = number;
            }
            else if (number is null && month is null && MonthOf(word, culture) is { } name)
            {
                month = name;
            }
            else if (word is not ("de" or "del" or "of" or "the") && !IsWeekday(word, culture))
            {
                return default;
            }
        }

        return day is { } d && month is { } m && year is { } y ? Valid(y, m, d) : default;
    }

    private static int? MonthOf(string word, CultureInfo culture) => MonthIn(word, culture) ?? MonthIn(word, CultureInfo.InvariantCulture);

    private static int? MonthIn(string word, CultureInfo culture)
    {
        var found = word.Length < 3 ? []
            : Enumerable.Range(1, 12).Where(
                month => Folding.Fold(culture.DateTimeFormat.GetMonthName(month)).StartsWith(word, StringComparison.Ordinal)).ToList();
        return found is [var month] ? month : word == "sept" ? 9 : null;
    }

    private static bool IsWeekday(string word, CultureInfo culture) =>
        word.Length >= 2 && culture.DateTimeFormat.DayNames.Concat(CultureInfo.InvariantCulture.DateTimeFormat.DayNames)
            .Any(name => Folding.Fold(name).StartsWith(word, StringComparison.Ordinal));

    private static WrittenDate One(Match match, string year, string month, string day) =>
        Valid(Of(match, year), Of(match, month), Of(match, day));

    private static int Of(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static WrittenDate Valid(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new WrittenDate(new DateOnly(year, month, day), CouldBeTwo: false)
            : default;

    [GeneratedRegex(@"^(?<y>[0-9]{4})[-/.](?<m>[0-9]{1,2})[-/.](?<d>[0-9]{1,2})$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2}) ?(?<s>[-/.]) ?(?<b>[0-9]{1,2}) ?[-/.] ?(?<y>[0-9]{4})$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    [GeneratedRegex("^(?<n>[0-9]{1,4})(?:st|nd|rd|th|º|o)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Ordinal();
}
