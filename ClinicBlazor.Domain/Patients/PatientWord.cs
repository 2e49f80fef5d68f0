using System.Globalization;
using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Patients;

/// <summary>
/// A word by which a patient is found: of the name, of how it sounds, or the digits of a phone number. It carries the
/// place in the order of names, so that a page of a search is read off the index.
/// </summary>
internal sealed class PatientWord : IDemographic
{
    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <summary>The word, folded.</summary>
    public required string Word { get; init; }

    /// <summary>Where the patient stands among those with the same word.</summary>
    public required string SortKey { get; set; }

    /// <summary>The place of a patient in the order of names.</summary>
    public static string SortKeyOf(string familyNameKey, string givenNameKey, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{familyNameKey}\u001f{givenNameKey}\u001f{number:D9}");
}
