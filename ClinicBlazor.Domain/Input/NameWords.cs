using System.Globalization;
using System.Text;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// The words by which a name is found: each word of each part, folded, and the words that an apostrophe, a hyphen or a
/// space parts also as one. <c>O'Neil</c> is found as o, neil and oneil, <c>van der Quast</c> also as vanderquast, and
/// <c>Smith-Jones-Brown</c> as jonesbrown. The parts joined, in either order, are words too, for scripts that write no space
/// between them.
/// </summary>
public static class NameWords
{
    /// <summary>Longest word that is kept; what follows is cut.</summary>
    public const int Longest = 60;

    /// <summary>The words of the parts of a name, each once.</summary>
    public static IReadOnlyList<string> Of(params IReadOnlyList<string> parts)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var tokens = Tokens(part);
            words.UnionWith(tokens.SelectMany(Folding.Words));
            words.UnionWith(tokens.Select(Joined));
            words.UnionWith(tokens.Zip(tokens.Skip(1), (one, next) => Joined(one + next)));

            // From each word to the end: whatever neighbours are written as one begins one of these.
            var each = Folding.Words(Visible(part));
            words.UnionWith(each.Select((_, from) => string.Concat(each.Skip(from))));
        }

        // Scripts that write no space between the parts.
        words.Add(Joined(string.Concat(parts)));
        words.Add(Joined(string.Concat(parts.Reverse())));
        if (parts is [var only] && only.EnumerateRunes().Any(IsOfScriptWithoutSpaces))
        {
            words.Add(Joined(string.Concat(Tokens(only).Reverse())));
        }

        words.Remove("");
        return [.. words.Select(Cut).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a search asks for: each of its words, as it is kept.</summary>
    public static IReadOnlyList<string> Asked(string search) =>
        [.. Tokens(search).Select(Joined).Where(word => word.Length > 0).Select(Cut).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Beyond every word that begins with <paramref name="word"/>: a range over the ordered words uses the index on both
    /// databases; LIKE would not.
    /// </summary>
    public static string EndOf(string word) => word + '\uffff';

    /// <summary>True for a sign of the scripts of East Asia, of which one alone may be a name.</summary>
    public static bool IsOfScriptWithoutSpaces(Rune rune) => rune.Value >= 0x2E80;

    /// <summary>What stands between blanks and commas, without what is invisible.</summary>
    public static IReadOnlyList<string> Tokens(string text) =>
        Visible(text).Split([' ', '\t', '\n', '\u00a0', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Joined(string text) => string.Concat(Folding.Words(text));

    private static string Cut(string word) => word.Length <= Longest ? word : word[..Longest];

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format))
        {
            visible.Append(Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        return visible.ToString();
    }
}
