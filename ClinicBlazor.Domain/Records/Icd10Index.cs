namespace ClinicBlazor.Domain.Records;

/// <summary>What a name of a code is.</summary>
internal enum Icd10NameKind
{
    /// <summary>A word that stands for this code before any other.</summary>
    Term,

    /// <summary>Its title.</summary>
    Title,

    /// <summary>What people also call it.</summary>
    Synonym,
}

/// <summary>A name of a code.</summary>
internal sealed record Icd10Name(Icd10Code Code, string Text, Icd10NameKind Kind);

/// <summary>
/// An index from words to the names that they stand in, built once. A search asks for all its words; whole words come
/// before beginnings of words, a name that is just what was asked for before one that says more.
/// </summary>
internal sealed class Icd10Index
{
    private readonly Icd10Name[] names;
    private readonly int[] lengths;
    private readonly bool[] derived;
    private readonly string[] words;
    private readonly int[][] places;

    public Icd10Index(IReadOnlyList<Icd10Name> all)
    {
        names = [.. all];
        derived = [.. all.Select(name => Icd10Derived.Is(name.Code))];
        lengths = new int[names.Length];
        var byWord = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var ofName = Icd10Words.Of(names[i].Text);
            lengths[i] = ofName.Count(word => !Icd10Words.IsWeak(word.One));
            foreach (var word in ofName.SelectMany(word => new[] { word.Written, word.One }).Distinct(StringComparer.Ordinal))
            {
                if (!byWord.TryGetValue(word, out var at))
                {
                    byWord[word] = at = [];
                }

                at.Add(i);
            }
        }

        words = [.. byWord.Keys];
        places = [.. byWord.Values.Select(at => at.ToArray())];
    }

    /// <summary>The best fits, each code once.</summary>
    public IReadOnlyList<Icd10Match> Search(string text, int limit)
    {
        var asked = Icd10Words.Of(text);
        if (asked.Count == 0)
        {
            return [];
        }

        var strong = asked.Where(word => !Icd10Words.IsWeak(word.One)).ToList();
        strong = strong.Count == 0 ? [.. asked] : strong;
        var found = Ranked(asked, asked.Count);
        found = found.Count > 0 ? found : Ranked(strong, strong.Count);

        // Nothing has all the words: then what has most of them, but never one of many alone.
        for (var least = strong.Count - 1; found.Count == 0 && least > 0 && least * 2 > strong.Count - 1; least--)
        {
            found = Ranked(strong, least);
        }

        return [.. found.OrderBy(pair => pair.Value.Score).ThenBy(pair => pair.Key.Code, StringComparer.Ordinal).Take(limit)
            .Select(pair => new Icd10Match(pair.Key, Note(pair.Key, names[pair.Value.Name])))];
    }

    private static string? Note(Icd10Code code, Icd10Name name) => name.Text == code.Title ? null : name.Text;

    private Dictionary<Icd10Code, (double Score, int Name)> Ranked(IReadOnlyList<(string Written, string One)> asked, int least)
    {
        var fits = new Dictionary<int, (int Matched, int Whole)>();
        for (var i = 0; i < asked.Count; i++)
        {
            // Where all words are asked for, names without the first ones need not be looked at.
            foreach (var (name, whole) in Holding(asked[i]))
            {
                var before = fits.GetValueOrDefault(name);
                if (before.Matched >= i + least - asked.Count)
                {
                    fits[name] = (before.Matched + 1, before.Whole + (whole ? 1 : 0));
                }
            }
        }

        var best = new Dictionary<Icd10Code, (double Score, int Name)>();
        var strong = asked.Count(word => !Icd10Words.IsWeak(word.One));
        foreach (var (name, (matched, whole)) in fits)
        {
            if (matched >= least)
            {
                var score = Score(name, asked, matched, whole, strong);
                if (!best.TryGetValue(names[name].Code, out var other) || score < other.Score)
                {
                    best[names[name].Code] = (score, name);
                }
            }
        }

        return best;
    }

    private double Score(int name, IReadOnlyList<(string Written, string One)> asked, int matched, int whole, int strong)
    {
        var kind = names[name].Kind;
        var more = Math.Max(0, lengths[name] - strong);
        var isIt = whole == asked.Count && more == 0;
        var tier = (isIt, whole == asked.Count) switch
        {
            (true, _) => kind == Icd10NameKind.Term ? 0 : 1,
            (_, true) => 10,
            _ => 20 + (matched - whole),
        };
        var away = derived[name] && !asked.Any(word => Icd10Derived.Names(word.One)) ? 5 : 0;
        return tier + away + (asked.Count - matched) * 100 + Math.Min(more, 9) * 0.3 + (kind == Icd10NameKind.Synonym ? 0.2 : 0)
            + (kind == Icd10NameKind.Term ? 0 : Icd10Derived.Unspecific(names[name].Code));
    }

    private Dictionary<int, bool> Holding((string Written, string One) word)
    {
        var holding = new Dictionary<int, bool>();
        for (var i = First(word.Written); i < words.Length && words[i].StartsWith(word.Written, StringComparison.Ordinal); i++)
        {
            Add(i, words[i] == word.Written || words[i] == word.One);
        }

        for (var i = First(word.One); word.One != word.Written && i < words.Length
            && words[i].StartsWith(word.One, StringComparison.Ordinal); i++)
        {
            Add(i, words[i] == word.One);
        }

        return holding;

        void Add(int at, bool whole)
        {
            foreach (var name in places[at])
            {
                holding[name] = holding.GetValueOrDefault(name) || whole;
            }
        }
    }

    private int First(string word)
    {
        var at = Array.BinarySearch(words, word, StringComparer.Ordinal);
        return at >= 0 ? at : ~at;
    }
}
