using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Words of diagnoses in one form: possessives and plurals as the word itself, British spelling as American, what was done to
/// a part as what it has, Roman numbers of a type in digits, so that <c>tumours</c> and <c>tumor</c>, <c>Crohn's</c> and
/// <c>Crohn</c>, <c>fractured</c> and <c>fracture</c>, <c>type II</c> and <c>type 2</c> are the same.
/// </summary>
internal static partial class Icd10Words
{
    // Words that say nothing of what the matter is: they are not asked for.
    private static readonly FrozenSet<string> Empty = new[]
    {
        "a", "an", "and", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with", "pt", "patient", "has", "hx", "dx",
            "left", "right", "bilateral",
        "de", "del", "el", "la", "los", "las", "y", "o", "en", "por", "con", "un", "una", "al", "izquierdo", "izquierda", "derecho",
            "derecha",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Words that a name may have or not: Parkinson, Parkinson disease.
    private static readonly FrozenSet<string> Weak = new[]
    {
        "disease", "disorder", "syndrome", "condition", "problem", "phenomenon", "unspecified", "nos", "not", "other", "elsewhere",
            "classified",
        "enfermedad", "sindrome", "trastorno", "otro", "otra", "especificado", "especificada", "no", "clasificado", "clasificada",
            "parte", "mal",
    }.ToFrozenSet(StringComparer.Ordinal);

    // What is said of a part of the body, as the name of it.
    private static readonly FrozenDictionary<string, string> Named = new Dictionary<string, string>
    {
        ["fractured"] = "fracture", ["infected"] = "infection", ["sprained"] = "sprain", ["strained"] = "strain",
        ["dislocated"] = "dislocation", ["ruptured"] = "rupture", ["bruised"] = "bruise", ["inflamed"] = "inflammation",
        ["swollen"] = "swelling", ["burned"] = "burn", ["burnt"] = "burn", ["lacerated"] = "laceration", ["blocked"] = "obstruction",
        ["fracturado"] = "fractura", ["fracturada"] = "fractura", ["infectado"] = "infeccion", ["infectada"] = "infeccion",
        ["inflamado"] = "inflamacion", ["inflamada"] = "inflamacion", ["quemado"] = "quemadura", ["quemada"] = "quemadura",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Roman = new Dictionary<string, string>
    {
        ["i"] = "1", ["ii"] = "2", ["iii"] = "3", ["iv"] = "4",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Words beside which a Roman number is one, and no letter.
    private static readonly FrozenSet<string> Numbered = new[]
    {
        "type", "tipo", "stage", "estadio", "grade", "grado", "dm", "diabetes", "mellitus",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a word that a name may have or not.</summary>
    public static bool IsWeak(string word) => Weak.Contains(word);

    /// <summary>The words of a text that say something, each as it is written (folded) and in its one form.</summary>
    public static IReadOnlyList<(string Written, string One)> Of(string text)
    {
        var all = WithoutRoman(Folding.Words(WithoutPossessive(Said().Replace(text, " "))));
        var meaningful = all.Where(word => !Empty.Contains(word)).ToList();
        return [.. (meaningful.Count > 0 ? meaningful : all).Select(word => (word, One(word)))];
    }

    private static List<string> WithoutRoman(IReadOnlyList<string> words)
    {
        return [.. words.Select((word, i) => IsNumber(i) ? Roman.GetValueOrDefault(word, word) : word)];

        bool IsNumber(int i) => (i > 0 && Numbered.Contains(words[i - 1])) || (i + 1 < words.Count && Numbered.Contains(words[i + 1]));
    }

    private static string WithoutPossessive(string text) =>
        text.Replace('’', '\'').Replace('ʼ', '\'').Replace('`', '\'').Replace('´', '\'')
            .Replace("'s", "", StringComparison.OrdinalIgnoreCase).Replace("'", "", StringComparison.Ordinal);

    private static string One(string word)
    {
        var one = word.Replace("ae", "e", StringComparison.Ordinal).Replace("oe", "e", StringComparison.Ordinal)
            .Replace("our", "or", StringComparison.Ordinal).Replace("isation", "ization", StringComparison.Ordinal)
            .Replace("yse", "yze", StringComparison.Ordinal).Replace("sulph", "sulf", StringComparison.Ordinal);
        one = one.EndsWith("tre", StringComparison.Ordinal) ? string.Concat(one.AsSpan(0, one.Length - 3), "ter") : one;
        one = Singular(one);
        return Named.GetValueOrDefault(one, one);
    }

    private static string Singular(string word) => word switch
    {
        { Length: < 4 } => word,
        _ when Ends(word, "ss") || Ends(word, "us") || Ends(word, "is") => word,
        _ when Ends(word, "sses") || Ends(word, "ches") || Ends(word, "shes") || Ends(word, "xes") || Ends(word, "iones")
            || Ends(word, "ores") => word[..^2],
        _ when Ends(word, "ies") && word.Length > 4 => word[..^3] + "y",
        _ when Ends(word, "s") => word[..^1],
        _ => word,
    };

    private static bool Ends(string word, string end) => word.EndsWith(end, StringComparison.Ordinal);

    // How a note begins: history of, status post, complains of, rule out.
    [GeneratedRegex(@"(?<![\p{L}\p{N}/])(?:h/o|s/p|c/o|r/o|k/c/o|d/t|f/u)(?![\p{L}\p{N}/])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Said();
}
