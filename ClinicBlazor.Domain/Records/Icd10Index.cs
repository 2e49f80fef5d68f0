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
/// before beginnings of words, a name that is just what was asked for before one that says more. What has not all of them
/// is a guess, and so is what was found by the first letters of a word alone.
/// </summary>
internal sealed class Icd10Index
{
    // So few letters begin too many words to mean one of them.
    private const int FewestLetters = 4;

    // Of what the words of a search say, so much must stand in a name that has not all of them.
    private const double LeastShare = 0.45;

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
        var found = Ranked(asked);
        found = found.Count > 0 ? found : Ranked(strong);
        var isGuess = found.Count == 0;
        found = isGuess ? Nearest(strong) : found;
        List<HashSet<int>> few = isGuess ? [] : [.. strong.Where(word => word.Written.Length < FewestLetters).Select(HoldingWhole)];
        var isShort = few.Count == strong.Count;
        return [.. found.OrderBy(pair => pair.Value.Score).ThenBy(pair => pair.Key.Code, StringComparer.Ordinal).Take(limit)
            .Select(pair => new Icd10Match(pair.Key, Note(pair.Key, names[pair.Value.Name]),
                isGuess || few.Exists(holding => !holding.Contains(pair.Value.Name))
                    || (isShort && lengths[pair.Value.Name] > strong.Count)))];
    }

    private static string? Note(Icd10Code code, Icd10Name name) => name.Text == code.Title ? null : name.Text;

    /// <summary>The codes that have a name with all of some words.</summary>
    private Dictionary<Icd10Code, (double Score, int Name)> Ranked(IReadOnlyList<(string Written, string One)> asked)
    {
        var fits = new Dictionary<int, (int Matched, int Whole)>();
        for (var i = 0; i < asked.Count; i++)
        {
            foreach (var (name, whole) in Holding(asked[i]))
            {
                var before = fits.GetValueOrDefault(name);
                if (before.Matched == i)
                {
                    fits[name] = (i + 1, before.Whole + (whole ? 1 : 0));
                }
            }
        }

        var best = new Dictionary<Icd10Code, (double Score, int Name)>();
        var strong = asked.Count(word => !Icd10Words.IsWeak(word.One));
        foreach (var (name, (_, whole)) in fits.Where(fit => fit.Value.Matched == asked.Count))
        {
            Keep(best, name, Score(name, asked, whole, strong));
        }

        return best;
    }

    /// <summary>
    /// The codes that have a name with some of the words, whole. A rare word says more than a common one: <c>leg</c> stands
    /// in many names, <c>cellulitis</c> in few. A name all of which is said is meant, first of all one that stands for one code.
    /// </summary>
    private Dictionary<Icd10Code, (double Score, int Name)> Nearest(IReadOnlyList<(string Written, string One)> asked)
    {
        var fits = new Dictionary<int, (int Matched, double Weight)>();
        var wanted = 0.0;
        foreach (var word in asked.DistinctBy(word => word.One))
        {
            var holding = HoldingWhole(word);
            var weight = Math.Log((double)names.Length / Math.Max(1, holding.Count));
            wanted += weight;
            foreach (var name in holding)
            {
                var before = fits.GetValueOrDefault(name);
                fits[name] = (before.Matched + 1, before.Weight + weight);
            }
        }

        var best = new Dictionary<Icd10Code, (double Score, int Name)>();
        foreach (var (name, (matched, weight)) in fits)
        {
            var isSaid = matched == lengths[name];
            if (isSaid || weight >= wanted * LeastShare)
            {
                var tier = isSaid ? names[name].Kind == Icd10NameKind.Term ? 0 : 100 : 200;
                Keep(best, name, tier + wanted - weight + Math.Min(Math.Max(0, lengths[name] - matched), 9) * 0.3 + Less(name, asked));
            }
        }

        return best;
    }

    private void Keep(Dictionary<Icd10Code, (double Score, int Name)> best, int name, double score)
    {
        if (!best.TryGetValue(names[name].Code, out var other) || score < other.Score)
        {
            best[names[name].Code] = (score, name);
        }
    }

    private double Score(int name, IReadOnlyList<(string Written, string One)> asked, int whole, int strong)
    {
        var more = Math.Max(0, lengths[name] - strong);
        var isIt = whole == asked.Count && more == 0;
        var tier = (isIt, whole == asked.Count) switch
        {
            (true, _) => names[name].Kind == Icd10NameKind.Term ? 0 : 1,
            (_, true) => 10,
            _ => 20 + (asked.Count - whole),
        };
        return tier + Math.Min(more, 9) * 0.3 + Less(name, asked);
    }

    /// <summary>By how much a name comes after those that name a disease itself, and in particular.</summary>
    private double Less(int name, IReadOnlyList<(string Written, string One)> asked)
    {
        var away = derived[name] && !asked.Any(word => Icd10Derived.Names(word.One)) ? 5 : 0;
        return away + (names[name].Kind == Icd10NameKind.Synonym ? 0.2 : 0)
            + (names[name].Kind == Icd10NameKind.Term ? 0 : Icd10Derived.Unspecific(names[name].Code));
    }

    private HashSet<int> HoldingWhole((string Written, string One) word)
    {
        var holding = new HashSet<int>();
        foreach (var one in new[] { word.Written, word.One }.Distinct(StringComparer.Ordinal))
        {
            var at = Array.BinarySearch(words, one, StringComparer.Ordinal);
            holding.UnionWith(at >= 0 ? places[at] : []);
        }

        return holding;
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
