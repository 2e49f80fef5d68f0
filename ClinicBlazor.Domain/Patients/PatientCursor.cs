using System.Globalization;
using System.Text;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A place in the list of patients, as opaque text for an address.</summary>
internal static class PatientCursor
{
    private const char Separator = '\u001f';

    /// <summary>The place after a row.</summary>
    public static string Of(string familyNameKey, string givenNameKey, int number) =>
        Convert.ToHexString(Encoding.UTF8.GetBytes(string.Join(Separator, familyNameKey, givenNameKey, number.ToString(CultureInfo.InvariantCulture))));

    /// <summary>The rows after the place; all rows when there is none or it is not one of ours.</summary>
    public static IQueryable<Patient> After(IQueryable<Patient> patients, string? cursor)
    {
        if (Read(cursor) is not var (family, given, number))
        {
            return patients;
        }

        return patients.Where(patient =>
            string.Compare(patient.FamilyNameKey, family) > 0
            || (patient.FamilyNameKey == family && string.Compare(patient.GivenNameKey, given) > 0)
            || (patient.FamilyNameKey == family && patient.GivenNameKey == given && patient.Number > number));
    }

    private static (string Family, string Given, int Number)? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor) || cursor.Length % 2 != 0 || cursor.Length > 1000 || !cursor.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Convert.FromHexString(cursor)).Split(Separator);
        return parts.Length == 3 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (parts[0], parts[1], number)
            : null;
    }
}
