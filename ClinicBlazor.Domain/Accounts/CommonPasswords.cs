using System.Collections.Frozen;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>The shipped list of passwords that everybody tries first.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> List = new(Load);

    /// <summary>
    /// True when the password, or what is left of it once decoration is taken off (case, digits and signs around it,
    /// letters written as digits), is on the list.
    /// </summary>
    public static bool Contains(string password)
    {
        var plain = password.ToLowerInvariant();
        var letters = string.Concat(plain.Select(Undisguise));
        return Candidates(plain).Concat(Candidates(letters)).Any(List.Value.Contains);
    }

    private static IEnumerable<string> Candidates(string text)
    {
        yield return text;
        yield return text.Trim([.. "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"]);
        yield return string.Concat(text.Where(char.IsLetterOrDigit));
        yield return string.Concat(text.Where(char.IsLetter));
    }

    private static char Undisguise(char sign) => sign switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => sign,
    };

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var words = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line is not ['#', ..])
            {
                words.Add(line);
            }
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
