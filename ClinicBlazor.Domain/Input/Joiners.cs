using System.Text;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// The two invisible characters that part of the world writes names with: U+200C and U+200D say whether two letters of a
/// script whose letters join do so, and change nothing else. Between other letters they hide a difference.
/// </summary>
internal static class Joiners
{
    /// <summary>True for one of the two.</summary>
    public static bool Is(Rune rune) => rune.Value is 0x200C or 0x200D;

    /// <summary>True when the character at <paramref name="index"/> stands between two letters of one script that uses it.</summary>
    public static bool IsInPlace(IReadOnlyList<Rune> text, int index) =>
        Is(text[index]) && index > 0 && index + 1 < text.Count
        && ScriptOf(text[index - 1]) is { } script && ScriptOf(text[index + 1]) == script;

    /// <summary>Where the script of a letter, or of a mark on one, begins; null for scripts whose letters do not join.</summary>
    private static int? ScriptOf(Rune rune) => !Folding.IsOfWord(rune) || Rune.IsDigit(rune) ? null : rune.Value switch
    {
        // Arabic, its supplements and extensions.
        (>= 0x0600 and <= 0x06FF) or (>= 0x0750 and <= 0x077F) or (>= 0x0870 and <= 0x08FF) => 0x0600,

        // The scripts of India and Sri Lanka, each in a block of its own, from Devanagari to Sinhala.
        >= 0x0900 and <= 0x0DFF => rune.Value & ~0x7F,
        _ => null,
    };
}
