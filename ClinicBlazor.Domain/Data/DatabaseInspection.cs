using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>A database as it was found.</summary>
/// <param name="Version">Version of the server, or of the SQLite library.</param>
/// <param name="PendingMigrations">Migrations that were not applied yet.</param>
/// <param name="Accounts">What its accounts are like; null while migrations are pending.</param>
public sealed record DatabaseState(string Version, int PendingMigrations, AccountsState? Accounts);

/// <summary>What the accounts of a database are like.</summary>
/// <param name="HoldDemo">True when demo accounts are among them.</param>
/// <param name="Administrators">Administrators whose account is in use.</param>
/// <param name="WithoutSecondFactor">Those of them who have no second factor.</param>
public sealed record AccountsState(bool HoldDemo, int Administrators, int WithoutSecondFactor);

/// <summary>Looks at a database without changing it. For the command line only.</summary>
public sealed class DatabaseInspection(ClinicDatabase database, DemoData demo, IOptions<ClinicSettings> settings)
{
    /// <summary>The database as it is; null when there is none, or it does not answer.</summary>
    public async Task<DatabaseState?> ReadAsync(CancellationToken ct)
    {
        // Opening a SQLite file that is not there would make it.
        if (settings.Value.Database == DatabaseKind.Sqlite && !File.Exists(settings.Value.SqliteFile))
        {
            return null;
        }

        try
        {
            await using var db = await database.OpenAccountsAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            var version = db.Database.GetDbConnection().ServerVersion;
            var pending = (await db.Database.GetPendingMigrationsAsync(ct)).Count();
            return new DatabaseState(version, pending, pending > 0 ? null : await AccountsAsync(db, ct));
        }
        catch (DbException)
        {
            return null;
        }
    }

    private async Task<AccountsState> AccountsAsync(ClinicDbContext db, CancellationToken ct)
    {
        var administrators = db.Accounts.Where(account => account.Status == AccountStatus.Active && (account.Roles & Roles.Administrator) != Roles.None);
        return new AccountsState(
            await demo.IsPresentAsync(ct), await administrators.CountAsync(ct), await administrators.CountAsync(account => !account.TwoFactorEnabled, ct));
    }
}
