using System.Globalization;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A place in a list of patients, as opaque text for an address.</summary>
internal static class PatientCursor
{
    /// <summary>The place after a row of the list of all.</summary>
    public static string Of(string familyNameKey, string givenNameKey, int number) =>
        PageCursor.Write(familyNameKey, givenNameKey, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The place after a row of a search by words.</summary>
    public static string Of(string word, string sortKey) => PageCursor.Write(word, sortKey);

    /// <summary>The rows after the place; all rows when there is none or it is not one of this list.</summary>
    public static IQueryable<Patient> After(IQueryable<Patient> patients, string? cursor)
    {
        if (PageCursor.Read(cursor) is not [var family, var given, var last]
            || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return patients;
        }

        // The first condition lets both databases begin at the place in the index, and not at its start.
        return patients.Where(patient => string.Compare(patient.FamilyNameKey, family) >= 0)
            .Where(patient =>
                string.Compare(patient.FamilyNameKey, family) > 0
                || (patient.FamilyNameKey == family && string.Compare(patient.GivenNameKey, given) > 0)
                || (patient.FamilyNameKey == family && patient.GivenNameKey == given && patient.Number > number));
    }

    /// <summary>As above, for the words of a search.</summary>
    public static IQueryable<PatientWord> After(IQueryable<PatientWord> words, string? cursor) =>
        PageCursor.Read(cursor) is not [var word, var sortKey] ? words : words.Where(row => string.Compare(row.Word, word) >= 0)
            .Where(row => string.Compare(row.Word, word) > 0 || (row.Word == word && string.Compare(row.SortKey, sortKey) > 0));
}
