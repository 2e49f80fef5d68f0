using System.Text.RegularExpressions;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// A word by which an account is found: of its owner's name, or an end of the address. It carries the kind of account and
/// the place in the order of addresses, so that a page of a search is read off the index.
/// </summary>
internal sealed partial class AccountWord
{
    /// <summary>The account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Whose account it is.</summary>
    public required AccountKind Kind { get; set; }

    /// <summary>The word, folded.</summary>
    public required string Word { get; init; }

    /// <summary>Where the account stands among those with the same word: its normalised address.</summary>
    public required string SortKey { get; init; }

    /// <summary>The words of an account.</summary>
    public static IEnumerable<AccountWord> Of(Guid accountId, AccountKind kind, string displayName, string normalizedEmail) =>
        NameWords.Of(displayName).Concat(OfAddress(normalizedEmail)).Distinct(StringComparer.Ordinal)
            .Select(word => new AccountWord { AccountId = accountId, Kind = kind, Word = word, SortKey = normalizedEmail });

    /// <summary>Brings the words of an account up to its present name and kind; those that stay are not made again.</summary>
    public static void Renew(List<AccountWord> words, Account account)
    {
        var wanted = Of(account.Id, account.Kind, account.DisplayName, account.NormalizedEmail!)
            .ToDictionary(word => word.Word, StringComparer.Ordinal);
        words.RemoveAll(word => !wanted.ContainsKey(word.Word));
        words.ForEach(word => word.Kind = account.Kind);
        words.AddRange(wanted.Values.ExceptBy(words.Select(word => word.Word), word => word.Word, StringComparer.Ordinal).ToList());
    }

    /// <summary>What a search asks for: of an address as it is written, of a name as it is folded.</summary>
    public static IReadOnlyList<string> Asked(string search) =>
    [
        .. NameWords.Tokens(search)
            .SelectMany(term => Address().IsMatch(term) ? [Cut(Account.Normalize(term).ToLowerInvariant())] : NameWords.Asked(term))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>
    /// An address is found by the beginning of it, of a word in it, and of what stands behind the @; by what stands before it
    /// also as one word, as a search takes what could as well be initials.
    /// </summary>
    private static IEnumerable<string> OfAddress(string normalizedEmail)
    {
        var address = normalizedEmail.ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        var local = address[..Math.Max(at, 0)];
        foreach (var word in local.All(char.IsLetterOrDigit) ? [] : NameWords.Asked(local))
        {
            yield return word;
        }

        for (var start = 0; start <= Math.Max(at, 0); start++)
        {
            if (start == 0 || start == at || !char.IsLetterOrDigit(address[start - 1]))
            {
                yield return Cut(start == at ? address[(start + 1)..] : address[start..]);
            }
        }
    }

    // A full stop between initials, or behind a title, is one of a name.
    [GeneratedRegex(@"[@_+]|[\p{L}\p{M}\p{Nd}]{2,}\.[\p{L}\p{M}\p{Nd}]{2,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    private static string Cut(string word) => word.Length <= NameWords.Longest ? word : word[..NameWords.Longest];
}
