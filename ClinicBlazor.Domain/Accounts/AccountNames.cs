using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>The names of people, to stand beside what they did.</summary>
internal static class AccountNames
{
    /// <summary>The names by account; one that is not known has none.</summary>
    public static async Task<Dictionary<Guid, string>> OfAsync(ClinicDbContext db, IEnumerable<Guid?> accounts, CancellationToken ct)
    {
        var ids = accounts.OfType<Guid>().Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Set<Account>().Where(account => ids.Contains(account.Id))
            .Select(account => new { account.Id, account.DisplayName })
            .ToDictionaryAsync(account => account.Id, account => account.DisplayName, ct);
    }
}
