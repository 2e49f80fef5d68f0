using System.Collections.Frozen;
using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.Domain.Records;

/// <summary>An ICD-10 code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Title">What it stands for.</param>
/// <param name="Synonyms">What people also call it.</param>
public sealed record Icd10Code(string Code, string Title, IReadOnlyList<string> Synonyms);

/// <summary>A code that fits a search.</summary>
/// <param name="Code">The code.</param>
/// <param name="Synonym">The synonym that fitted, where the code and its title did not.</param>
public sealed record Icd10Match(Icd10Code Code, string? Synonym);

/// <summary>The shipped list of ICD-10 codes, searched in memory.</summary>
public sealed class Icd10Catalog
{
    private readonly FrozenDictionary<string, Icd10Code> byCode;
    private readonly IReadOnlyList<Indexed> index;

    private sealed record Indexed(Icd10Code Code, string TitleKey, string[] SynonymKeys);

    /// <summary>Loads the list that is part of the program.</summary>
    public Icd10Catalog()
    {
        using var stream = typeof(Icd10Catalog).Assembly.GetManifestResourceStream("icd10.tsv")
            ?? throw new InvalidOperationException("The list of ICD-10 codes is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var codes = new List<Icd10Code>();
        while (reader.ReadLine() is { } line)
        {
            if (line is not ['#', ..] && line.Split('\t') is [var code, var title, var synonyms])
            {
                codes.Add(new Icd10Code(code, title, synonyms.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
            }
        }

        byCode = codes.ToFrozenDictionary(code => code.Code, StringComparer.OrdinalIgnoreCase);
        index = codes.ConvertAll(code => new Indexed(code, Patient.SearchKey(code.Title), [.. code.Synonyms.Select(Patient.SearchKey)]));
    }

    /// <summary>Codes in the list.</summary>
    public int Count => byCode.Count;

    /// <summary>The code, in any case of letters; null when it is not in the list.</summary>
    public Icd10Code? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>
    /// Codes that begin with <paramref name="text"/>, then those whose title has all its words at the beginning of
    /// words, then those with such a synonym; at most <paramref name="limit"/>.
    /// </summary>
    public IReadOnlyList<Icd10Match> Search(string text, int limit = 12)
    {
        var trimmed = text.Trim();
        var words = Patient.SearchKey(trimmed).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return [];
        }

        var matches =
            from item in index
            let byCode = item.Code.Code.StartsWith(trimmed, StringComparison.OrdinalIgnoreCase)
            let byTitle = Fits(item.TitleKey, words)
            let synonym = byCode || byTitle ? -1 : Array.FindIndex(item.SynonymKeys, key => Fits(key, words))
            where byCode || byTitle || synonym >= 0
            orderby byCode ? 0 : byTitle ? 1 : 2, item.Code.Code.Length == 3 ? 1 : 0, item.Code.Code
            select new Icd10Match(item.Code, synonym >= 0 ? item.Code.Synonyms[synonym] : null);
        return [.. matches.Take(limit)];
    }

    private static bool Fits(string key, string[] words) =>
        Array.TrueForAll(words, word => key.StartsWith(word, StringComparison.Ordinal) || key.Contains(' ' + word, StringComparison.Ordinal));
}
