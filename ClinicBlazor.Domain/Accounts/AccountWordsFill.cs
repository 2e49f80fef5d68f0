using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Makes the words of all accounts by the present rules.</summary>
public sealed class AccountWordsFill : MigrationStep
{
    private const int AtOnce = 500;

    /// <inheritdoc/>
    internal override string After => "AuditRetention";

    /// <inheritdoc/>
    internal override string Before => "JoinedNamesFilled";

    /// <inheritdoc/>
    internal override async Task RunAsync(ClinicDbContext db, CancellationToken ct)
    {
        // Only the columns that it needs: others may be added to accounts by later migrations.
        var last = Guid.Empty;
        while (await db.Set<Account>().Where(account => account.Id > last)
            .OrderBy(account => account.Id).Take(AtOnce)
            .Select(account => new { account.Id, account.Kind, account.DisplayName, account.NormalizedEmail })
                .ToListAsync(ct) is { Count: > 0 } accounts)
        {
            var ids = accounts.ConvertAll(account => account.Id);
            var there = (await db.Set<AccountWord>().Where(word => ids.Contains(word.AccountId))
                .Select(word => new { word.AccountId, word.Word }).ToListAsync(ct)).Select(word => (word.AccountId, word.Word)).ToHashSet();
            db.Set<AccountWord>().AddRange(accounts
                .SelectMany(account => AccountWord.Of(account.Id, account.Kind, account.DisplayName, account.NormalizedEmail!))
                .Where(word => !there.Contains((word.AccountId, word.Word))));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            last = ids[^1];
        }
    }
}
