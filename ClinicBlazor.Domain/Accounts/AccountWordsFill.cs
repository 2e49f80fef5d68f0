using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Makes the words of all accounts by the present folding.</summary>
public sealed class AccountWordsFill : MigrationStep
{
    private const int AtOnce = 500;

    /// <inheritdoc/>
    internal override string After => "FoldedNames";

    /// <inheritdoc/>
    internal override string Before => "FoldedNamesFilled";

    /// <inheritdoc/>
    internal override async Task RunAsync(ClinicDbContext db, CancellationToken ct)
    {
        // Only the columns that it needs: others may be added to accounts by later migrations.
        while (await db.Set<Account>().Where(account => !db.Set<AccountWord>().Any(word => word.AccountId == account.Id))
            .OrderBy(account => account.Id).Take(AtOnce)
            .Select(account => new { account.Id, account.Kind, account.DisplayName, account.NormalizedEmail })
                .ToListAsync(ct) is { Count: > 0 } accounts)
        {
            db.Set<AccountWord>().AddRange(
                accounts.SelectMany(account => AccountWord.Of(account.Id, account.Kind, account.DisplayName, account.NormalizedEmail!)));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }
}
