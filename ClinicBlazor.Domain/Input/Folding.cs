using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// One form for texts that people take for the same: lower case, without the accents of the Latin, Greek and Cyrillic
/// scripts, letters that Unicode does not decompose written out (ø, ł, ß, đ, ı). The vowel signs of other scripts are
/// part of their words and stay.
/// </summary>
public static class Folding
{
    private static readonly FrozenDictionary<char, string> WrittenOut = new Dictionary<char, string>
    {
        ['ß'] = "ss", ['ẞ'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d",
        ['þ'] = "th", ['ı'] = "i", ['ħ'] = "h", ['ŧ'] = "t", ['ŋ'] = "n", ['ĸ'] = "k", ['ə'] = "e",
        // The letters of the Pacific that are typed as apostrophes, and the sigma that ends a word.
        ['\u02bb'] = "'", ['\u02bc'] = "'", ['ς'] = "σ",
    }.ToFrozenDictionary();

    /// <summary>The folded text; signs and spaces stay where they are, <see cref="Joiners"/> do not.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var accentsOff = true;
        foreach (var rune in Normal.Form(text, NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Joiners.Is(rune))
            {
                continue;
            }

            if (IsMark(rune))
            {
                if (!accentsOff)
                {
                    folded.Append(rune);
                }

                continue;
            }

            accentsOff = rune.Value < 0x0590 || rune.Value is >= 0x1E00 and < 0x2000;
            var lower = Rune.ToLowerInvariant(rune);
            if (lower.IsBmp && WrittenOut.TryGetValue((char)lower.Value, out var written))
            {
                folded.Append(written);
            }
            else
            {
                folded.Append(lower);
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>True for what stands inside a word: letters, digits and the marks on them.</summary>
    public static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune);

    /// <summary>The words of a text, folded: what stands between anything that is neither letter, digit nor mark.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Fold(text).EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                word.Append(rune);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    /// <summary>A name as it is sorted and compared: its folded words, single spaces between them.</summary>
    public static string Key(string text) => string.Join(' ', Words(text));

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;
}
