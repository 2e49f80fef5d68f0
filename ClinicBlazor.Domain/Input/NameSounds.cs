using System.Text;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// How the words of a name sound, so that Smyth is found beside Smith: the first letter and the consonants after it by
/// the place where they are spoken (after Soundex, US patent 1,261,167), for words in Latin letters.
/// </summary>
public static class NameSounds
{
    /// <summary>Marks a sound among the words of an index; no word that can be typed begins with it.</summary>
    public const char Mark = '~';

    private const int Longest = 6;

    /// <summary>The sounds of the words of a name, each once.</summary>
    public static IReadOnlyList<string> Of(params IReadOnlyList<string> parts) =>
        [.. parts.SelectMany(NameWords.Asked).Select(Of).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? Of(string word)
    {
        if (word.Length < 2 || !word.All(char.IsAsciiLetter))
        {
            return null;
        }

        var spoken = Spoken(word);
        var sound = new StringBuilder().Append(Mark).Append(spoken[0]);
        var last = Place(spoken[0]);
        foreach (var letter in spoken.AsSpan(1))
        {
            var place = Place(letter);
            if (place != '0' && place != last)
            {
                sound.Append(place);
            }

            // A vowel between two consonants of one place parts them; h and w do not.
            last = letter is 'h' or 'w' ? last : place;
        }

        return sound.Length <= Longest ? sound.ToString() : sound.ToString(0, Longest);
    }

    private static string Spoken(string word)
    {
        var spoken = word.Replace("ph", "f", StringComparison.Ordinal).Replace("ck", "k", StringComparison.Ordinal)
            .Replace("sch", "s", StringComparison.Ordinal);
        return spoken switch
        {
            ['k', 'n', ..] or ['w', 'r', ..] or ['p', 's', ..] or ['g', 'n', ..] => spoken[1..],
            ['c', not ('e' or 'i' or 'y' or 'h'), ..] => 'k' + spoken[1..],
            ['c', 'e' or 'i' or 'y', ..] => 's' + spoken[1..],
            ['h', _, ..] when spoken[1] is not ('a' or 'e' or 'i' or 'o' or 'u' or 'y') => spoken[1..],
            ['v', ..] or ['w', ..] => 'v' + spoken[1..],
            ['z', ..] => 's' + spoken[1..],
            ['y', ..] or ['j', ..] => 'j' + spoken[1..],
            ['q', ..] => 'k' + spoken[1..],
            _ => spoken,
        };
    }

    private static char Place(char letter) => letter switch
    {
        'b' or 'f' or 'p' or 'v' => '1',
        'c' or 'g' or 'j' or 'k' or 'q' or 's' or 'x' or 'z' => '2',
        'd' or 't' => '3',
        'l' => '4',
        'm' or 'n' => '5',
        'r' => '6',
        _ => '0',
    };
}
