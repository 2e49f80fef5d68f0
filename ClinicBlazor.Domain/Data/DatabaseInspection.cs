using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>A database as it was found.</summary>
/// <param name="Version">Version of the server, or of the SQLite library.</param>
/// <param name="PendingMigrations">Migrations that were not applied yet.</param>
public sealed record DatabaseState(string Version, int PendingMigrations);

/// <summary>Looks at a database without changing it. For the command line only.</summary>
public sealed class DatabaseInspection(ClinicGate gate, IOptions<ClinicSettings> settings)
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
            await using var db = await gate.OpenAccountsAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            var version = db.Database.GetDbConnection().ServerVersion;
            return new DatabaseState(version, (await db.Database.GetPendingMigrationsAsync(ct)).Count());
        }
        catch (Exception fault) when (fault is DbException || UnreachableDatabase.Is(fault))
        {
            // EF Core wraps what it takes for a passing failure into an exception of its own.
            return null;
        }
    }
}
