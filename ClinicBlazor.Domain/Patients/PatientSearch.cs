using System.Globalization;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Patients;

/// <summary>What was typed into the search box, understood.</summary>
/// <param name="IsEmpty">True when nothing was typed.</param>
/// <param name="BirthDate">A day.</param>
/// <param name="CouldBeTwoDays">True for a day that could be two.</param>
/// <param name="Ssn">A whole SSN.</param>
/// <param name="Number">A patient's number.</param>
/// <param name="Phone">The first digits of a phone number.</param>
/// <param name="Words">Words of a name.</param>
internal sealed record PatientSearch(
    bool IsEmpty, DateOnly? BirthDate, bool CouldBeTwoDays, string? Ssn, int? Number, string? Phone, IReadOnlyList<string> Words)
{
    private const int FewestDigits = 3;

    /// <summary>Understands a text in the language of the page; phone numbers without a country's code are of <paramref name="phoneRegion"/>.</summary>
    public static PatientSearch Read(string text, CultureInfo culture, string phoneRegion)
    {
        var plain = Pasted.Plain(text);
        if (WrittenPatientNumber.ReadMarked(plain) is { } patient)
        {
            return new PatientSearch(false, null, false, null, patient, null, []);
        }

        var date = WrittenDate.Read(plain, culture);
        if (plain.Length == 0 || date.Day is not null || date.CouldBeTwo)
        {
            return new PatientSearch(plain.Length == 0, date.Day, date.CouldBeTwo, null, null, null, []);
        }

        var digits = Pasted.Digits(plain);
        if (digits.Length >= FewestDigits
            && plain.All(sign => char.IsAsciiDigit(sign) || " ()+-./".Contains(sign, StringComparison.Ordinal)))
        {
            var number = digits == plain && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read
                : (int?)null;
            var ssn = SocialSecurityNumber.Read(plain);

            // Nine digits in an SSN's own groups are no phone number; in one row they may be the beginning of one.
            var phone = ssn is null || SocialSecurityNumber.MayBePhone(plain) ? Phones.Asked(plain, phoneRegion) : null;
            return new PatientSearch(false, null, false, ssn, number, phone is { Length: >= FewestDigits } ? phone : null, []);
        }

        return new PatientSearch(false, null, false, null, null, null, NameWords.Asked(text));
    }
}
