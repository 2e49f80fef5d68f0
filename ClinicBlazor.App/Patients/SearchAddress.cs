using System.Globalization;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.App.Patients;

/// <summary>
/// Which search texts may stand in a page's address, and so in the browser's history (requirement S1-02). Names,
/// birth dates and patient numbers may; what could be an SSN, or most of one that is being typed, never.
/// </summary>
internal static class SearchAddress
{
    // Beyond five digits a text is no patient number any more; it is a phone number or an identifier.
    private const int DigitsAllowed = 5;

    /// <summary>True when the text may stand in the address.</summary>
    public static bool MayHold(string text) =>
        text.Count(char.IsDigit) <= DigitsAllowed
        || WrittenDate.Read(text, CultureInfo.CurrentUICulture) is { Day: not null } or { CouldBeTwo: true };
}
