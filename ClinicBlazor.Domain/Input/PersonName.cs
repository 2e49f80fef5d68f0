using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// The rule for people's names: letters and marks of any script, what joins them or keeps them apart where their script
/// writes that (<see cref="Joiners"/>), spaces, apostrophes, hyphens and full stops. Nothing else, so that a name can be no
/// address, no advertisement, and never changes the direction of what stands beside it.
/// </summary>
public static partial class PersonName
{
    private static readonly Message WrongSign = "A name is made of letters, spaces, apostrophes, hyphens and full stops.";
    private static readonly Message Invisible = "The name holds an invisible character. Type it by hand.";
    private static readonly Message Address = "This looks like an address. A name has a space after each full stop.";

    /// <summary>What is wrong with a name that has been cleaned; null when nothing is. An empty one is not its matter.</summary>
    public static Message? ProblemOf(string name)
    {
        var runes = name.EnumerateRunes().ToList();
        if (runes.Where((rune, i) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
            && !Joiners.IsInPlace(runes, i)).Any())
        {
            return Invisible;
        }

        var letters = 0;
        foreach (var rune in runes.Where(rune => !Joiners.Is(rune)))
        {
            if (Rune.IsLetter(rune))
            {
                letters++;
            }
            else if (!IsBetween(rune) && (letters == 0 || !IsMark(rune)))
            {
                return WrongSign;
            }
        }

        return name.Length == 0 ? null : letters == 0 ? WrongSign : HostName().IsMatch(name) ? Address : null;
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsBetween(Rune rune) =>
        rune.Value is ' ' or '.' or '-' or '\'' or '’' or '‘' or 'ʼ' or 'ʻ' or '·' or '‐' or '‑' or '־'
            || Rune.GetUnicodeCategory(rune) == UnicodeCategory.ModifierLetter;

    // A full stop goes straight on to a letter between initials alone: J.R.R. Tolkien.
    [GeneratedRegex(@"[\p{L}\p{M}]{2,}\.[\p{L}\p{M}]|\.[\p{L}\p{M}]{2,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HostName();
}
