using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClinicBlazor.Tests.Support;

/// <summary>Migrates once in each process; every further database is a copy, which takes a fraction of the time.</summary>
internal static class MigratedTemplate
{
    private static readonly Lazy<Task<byte[]>> SqliteFile = new(MigrateSqliteAsync);
    private static readonly Lazy<Task<string>> PostgresDatabase = new(MigratePostgresAsync);

    /// <summary>Makes a migrated database; answers with its connection string where it is a PostgreSQL one.</summary>
    public static async Task<string?> CopyAsync(DatabaseKind kind, string sqliteFile)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            await File.WriteAllBytesAsync(sqliteFile, await SqliteFile.Value);
            return null;
        }

        return await (await PostgresCluster.GetAsync()).CreateDatabaseAsync(await PostgresDatabase.Value);
    }

    private static async Task<byte[]> MigrateSqliteAsync()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "template.db");
        var options = new DbContextOptionsBuilder<SqliteClinicDbContext>();
        DataServices.UseSqlite(options, file);
        await using (var db = new SqliteClinicDbContext(options.Options))
        {
            await db.Database.MigrateAsync();
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        }

        return await File.ReadAllBytesAsync(file);
    }

    private static async Task<string> MigratePostgresAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(
            await (await PostgresCluster.GetAsync()).CreateDatabaseAsync())
        { Pooling = false };
        var options = new DbContextOptionsBuilder<PostgresClinicDbContext>();
        DataServices.UsePostgres(options, connection.ToString());
        await using var db = new PostgresClinicDbContext(options.Options);
        await db.Database.MigrateAsync();
        return connection.Database!;
    }
}
