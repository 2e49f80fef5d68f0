using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>An account on a page of a list.</summary>
/// <param name="Id">Which.</param>
/// <param name="Cursor">The place after this one.</param>
internal sealed record AccountPlace(Guid Id, string Cursor);

/// <summary>
/// Finds one page of accounts' ids, read off an index in its order: staff are found as quickly beside 200,000 patients as
/// beside 300.
/// </summary>
internal sealed class AccountFinder(ClinicDbContext db, int count, CancellationToken ct)
{
    /// <summary>The page that a query asks for.</summary>
    public async Task<IReadOnlyList<AccountPlace>> FindAsync(AccountQuery query)
    {
        var kind = query.Roles == Roles.Patient ? AccountKind.Patient : AccountKind.Staff;
        var waiting = kind == AccountKind.Patient
            ? []
            : await db.Set<RoleGrant>().Where(grant => grant.EndedAt == null && (grant.Roles & query.Roles) != Roles.None)
                .Select(grant => grant.AccountId).ToListAsync(ct);
        var accounts = db.Set<Account>().Where(account => account.Kind == kind);
        accounts = query.Roles is Roles.Patient or Roles.Staff
            ? accounts
            : accounts.Where(account => (account.Roles & query.Roles) != Roles.None || waiting.Contains(account.Id));
        return string.IsNullOrWhiteSpace(query.Search)
            ? await ByAddressAsync(accounts, query.After, query.Descending)
            : await WithWordsAsync(kind, AccountWord.Asked(query.Search), query.After, accounts);
    }

    /// <summary>Accounts of one kind that a search finds, whole words first.</summary>
    public Task<IReadOnlyList<AccountPlace>> SearchAsync(AccountKind kind, string search) =>
        WithWordsAsync(kind, AccountWord.Asked(search), after: null, among: null);

    private async Task<IReadOnlyList<AccountPlace>> ByAddressAsync(IQueryable<Account> accounts, string? after, bool descending)
    {
        if (PageCursor.Read(after) is [var last])
        {
            accounts = descending
                ? accounts.Where(account => string.Compare(account.NormalizedEmail, last) < 0)
                : accounts.Where(account => string.Compare(account.NormalizedEmail, last) > 0);
        }

        accounts = descending ? accounts.OrderByDescending(account => account.NormalizedEmail)
            : accounts.OrderBy(account => account.NormalizedEmail);
        var rows = await accounts.Take(count).Select(account => new { account.Id, account.NormalizedEmail }).ToListAsync(ct);
        return [.. rows.Select(row => new AccountPlace(row.Id, PageCursor.Write(row.NormalizedEmail!)))];
    }

    private async Task<IReadOnlyList<AccountPlace>> WithWordsAsync(AccountKind kind, IReadOnlyList<string> asked, string? after,
        IQueryable<Account>? among)
    {
        // The longest is had by the fewest; the others are looked up beside it.
        if (asked.MaxBy(word => word.Length) is not { } first)
        {
            return [];
        }

        var end = NameWords.EndOf(first);
        var words = db.Set<AccountWord>()
            .Where(row => row.Kind == kind && string.Compare(row.Word, first) >= 0 && string.Compare(row.Word, end) < 0);

        // Ann Anna Smith has two words that begin so, and stands at the first of them.
        words = words.Where(row => !db.Set<AccountWord>().Any(
            other => other.AccountId == row.AccountId && string.Compare(other.Word, first) >= 0
                && string.Compare(other.Word, row.Word) < 0));
        foreach (var next in asked.Where(word => word != first))
        {
            var nextEnd = NameWords.EndOf(next);
            words = words.Where(row => db.Set<AccountWord>().Any(
                other => other.AccountId == row.AccountId && string.Compare(other.Word, next) >= 0
                    && string.Compare(other.Word, nextEnd) < 0));
        }

        if (among is not null)
        {
            words = words.Where(row => among.Any(account => account.Id == row.AccountId));
        }

        if (PageCursor.Read(after) is [var word, var place])
        {
            words = words.Where(row => string.Compare(row.Word, word) >= 0)
                .Where(row => string.Compare(row.Word, word) > 0 || (row.Word == word && string.Compare(row.SortKey, place) > 0));
        }

        var rows = await words.OrderBy(row => row.Word).ThenBy(row => row.SortKey).Take(count)
            .Select(row => new { row.AccountId, row.Word, row.SortKey }).ToListAsync(ct);
        return [.. rows.Select(row => new AccountPlace(row.AccountId, PageCursor.Write(row.Word, row.SortKey)))];
    }
}
