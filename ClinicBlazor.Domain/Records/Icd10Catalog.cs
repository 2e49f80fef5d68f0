using System.Collections.Frozen;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// The shipped list of ICD-10 codes with its titles in English and Spanish, searched in memory. <c>icd10.tsv</c> and
/// <c>icd10-es.tsv</c> hold the titles and what people also call them, <c>icd10-terms.tsv</c> the words, abbreviations
/// and eponyms that stand for one code before any other.
/// </summary>
public sealed class Icd10Catalog
{
    private readonly FrozenDictionary<string, Icd10Code> byCode;
    private readonly (string Compact, Icd10Code Code)[] byCompact;
    private readonly Icd10Index index;

    /// <summary>Loads the list that is part of the program.</summary>
    public Icd10Catalog()
    {
        var spanish = Rows("icd10-es.tsv").ToDictionary(row => row[0], StringComparer.Ordinal);
        var terms = Rows("icd10-terms.tsv").ToDictionary(row => row[0], row => Several(row[1]), StringComparer.Ordinal);
        var codes = new List<Icd10Code>();
        var names = new List<Icd10Name>();
        foreach (var row in Rows("icd10.tsv"))
        {
            var inSpanish = spanish[row[0]];
            var code = new Icd10Code(row[0], row[1], inSpanish[1]);
            codes.Add(code);
            names.Add(new Icd10Name(code, code.EnglishTitle, Icd10NameKind.Title));
            names.Add(new Icd10Name(code, code.SpanishTitle, Icd10NameKind.Title));
            names.AddRange(Several(row[2]).Concat(Several(inSpanish[2])).Select(name => new Icd10Name(code, name, Icd10NameKind.Synonym)));
            names.AddRange(terms.GetValueOrDefault(code.Code, []).Select(name => new Icd10Name(code, name, Icd10NameKind.Term)));
        }

        byCode = codes.ToFrozenDictionary(code => code.Code, StringComparer.OrdinalIgnoreCase);
        byCompact = [.. codes.Select(code => (Compact(code.Code), code)).OrderBy(pair => pair.Item1, StringComparer.Ordinal)];
        index = new Icd10Index(names);
    }

    /// <summary>Codes in the list.</summary>
    public int Count => byCode.Count;

    /// <summary>The code, in any case of letters, with its dot or without; null when it is not in the list.</summary>
    public Icd10Code? Find(string code) =>
        byCode.GetValueOrDefault(code.Trim()) ?? Array.Find(byCompact, pair => pair.Compact == Compact(code)).Code;

    /// <summary>
    /// What fits <paramref name="text"/>, best first, at most <paramref name="limit"/>: codes by their beginning, else
    /// whatever has all its words in a title or another name, in either language.
    /// </summary>
    public IReadOnlyList<Icd10Match> Search(string text, int limit = 12)
    {
        var compact = Compact(text);
        if (compact is [>= 'A' and <= 'Z', >= '0' and <= '9', ..] && compact.Skip(1).All(char.IsAsciiDigit))
        {
            // A longer code than the list has means the nearest one above it: J44.00 is a kind of J44.
            for (var length = compact.Length; length >= Math.Min(3, compact.Length); length--)
            {
                var found = byCompact.Where(pair => pair.Compact.StartsWith(compact.AsSpan(0, length), StringComparison.Ordinal))
                    .Take(limit)
                    .Select(pair => new Icd10Match(pair.Code, Synonym: null)).ToList();
                if (found.Count > 0)
                {
                    return found;
                }
            }
        }

        return index.Search(text, limit);
    }

    private static string Compact(string text) =>
        string.Concat(text.Where(sign => sign is not ('.' or ',' or '-') && !char.IsWhiteSpace(sign))).ToUpperInvariant();

    private static string[] Several(string names) =>
        names.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<string[]> Rows(string name)
    {
        using var stream = typeof(Icd10Catalog).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line is not (['#', ..] or ""))
            {
                yield return line.Split('\t');
            }
        }
    }
}
