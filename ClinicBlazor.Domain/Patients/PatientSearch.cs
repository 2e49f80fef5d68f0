using System.Globalization;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Understands what was typed into the search box and narrows a query by it, each time over an index.</summary>
internal static class PatientSearch
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "dd.MM.yyyy", "d MMM yyyy", "d MMMM yyyy", "dd/MM/yyyy"];

    /// <summary>True when the text is a full SSN; such a search is audited by its own name.</summary>
    public static bool IsSsn(string text) => InputRules.NineDigits(text) is not null;

    /// <summary>Narrows <paramref name="patients"/>: full SSN, birth date, patient number, phone, or beginnings of names.</summary>
    public static IQueryable<Patient> Narrow(IQueryable<Patient> patients, string text, BlindIndex blindIndex)
    {
        if (InputRules.NineDigits(text) is { } ssn)
        {
            var index = blindIndex.Of(nameof(Patient.Ssn), ssn);
            return patients.Where(patient => patient.SsnIndex == index);
        }

        if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var birthDate))
        {
            return patients.Where(patient => patient.BirthDate == birthDate);
        }

        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length >= 3 && text.All(sign => char.IsAsciiDigit(sign) || " ()+-./".Contains(sign, StringComparison.Ordinal)))
        {
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && digits.Length == text.Length
                ? patients.Where(patient => patient.Number == number || patient.PhoneDigits!.StartsWith(digits))
                : patients.Where(patient => patient.PhoneDigits!.StartsWith(digits));
        }

        foreach (var word in Patient.SearchKey(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // A range over the ordered key uses the index on both databases; LIKE would not.
            var end = word + '\uffff';
            patients = patients.Where(patient =>
                (string.Compare(patient.FamilyNameKey, word) >= 0 && string.Compare(patient.FamilyNameKey, end) < 0)
                || (string.Compare(patient.GivenNameKey, word) >= 0 && string.Compare(patient.GivenNameKey, end) < 0));
        }

        return patients;
    }
}
