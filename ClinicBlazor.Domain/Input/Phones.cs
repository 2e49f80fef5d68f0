using PhoneNumbers;

namespace ClinicBlazor.Domain.Input;

/// <summary>Phone numbers in their one form, E.164 (ITU-T): a plus, the country's code, the number.</summary>
public static class Phones
{
    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    /// <summary>The one form of a number; null when it is none. Without a country's code it is one of <paramref name="region"/>.</summary>
    public static string? Normal(string? text, string region) =>
        Parse(text, region) is { } number && Util.IsPossibleNumber(number) ? Util.Format(number, PhoneNumberFormat.E164) : null;

    /// <summary>A number as people of <paramref name="region"/> write it; what is no number stays as it is.</summary>
    public static string Shown(string text, string region) => Parse(text, region) is not { } number ? text
        : Util.Format(number,
            number.CountryCode == Util.GetCountryCodeForRegion(region) ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);

    /// <summary>The digits by which a number in its one form is found: with the country's code, and without it.</summary>
    public static IReadOnlyList<string> Words(string? normal) => Parse(normal, region: null) is not { } number ? []
        : [$"{number.CountryCode}{Util.GetNationalSignificantNumber(number)}", Util.GetNationalSignificantNumber(number)];

    /// <summary>
    /// What a search asks for, as it is kept: a number of <paramref name="region"/> or another one, else the beginning of one, its
    /// digits without what is dialled before them.
    /// </summary>
    public static string Asked(string text, string region)
    {
        if (Normal(text, region) is { } normal)
        {
            return Words(normal)[0];
        }

        var digits = Pasted.Digits(text);
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits.TrimStart('0');
    }

    /// <summary>True for a region that numbers can belong to, in two letters (ISO 3166).</summary>
    public static bool IsRegion(string region) => Util.GetSupportedRegions().Contains(region);

    private static PhoneNumber? Parse(string? text, string? region)
    {
        var plain = Pasted.Plain(text);
        if (plain.Length is 0 or > 40 || !plain.All(sign => char.IsAsciiDigit(sign) || "+()-./ ".Contains(sign, StringComparison.Ordinal)))
        {
            return null;
        }

        try
        {
            return Util.Parse(plain, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
