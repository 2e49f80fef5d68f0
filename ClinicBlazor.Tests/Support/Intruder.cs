using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Somebody who reaches the database past the application, with a connection of their own: what they may not do is what
/// the database itself refuses, and what they see is what lies in it.
/// </summary>
internal sealed class Intruder(DatabaseKind kind, ClinicSettings settings)
{
    public Intruder(DomainHost host)
        : this(host.Kind, host.Settings)
    {
    }

    /// <summary>Runs a statement; <c>@p0</c>, <c>@p1</c> … stand for the values.</summary>
    [SuppressMessage("Security", "CA2100",
        Justification = "The statements are constants of the tests; tables and columns cannot be parameters.")]
    public async Task<int> ExecuteAsync(string sql, params object?[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Bind(command, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads all rows of a query.</summary>
    [SuppressMessage("Security", "CA2100",
        Justification = "The statements are constants of the tests; tables and columns cannot be parameters.")]
    public async Task<IReadOnlyList<object?[]>> QueryAsync(string sql, params object?[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Bind(command, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The tables of the database.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync() =>
        [.. (await QueryAsync(kind == DatabaseKind.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")).Select(row => (string)row[0]!)];

    /// <summary>Takes away every trigger of the audit tables, as a person with all rights on the database could.</summary>
    public async Task DropAuditTriggersAsync()
    {
        var triggers = await QueryAsync(kind == DatabaseKind.Sqlite
            ? "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'Audit%'"
            : "SELECT tgname::text, relname::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relname LIKE 'Audit%'");
        Assert.NotEmpty(triggers);
        foreach (var trigger in triggers)
        {
            await ExecuteAsync(
                kind == DatabaseKind.Sqlite ? $"DROP TRIGGER \"{trigger[0]}\"" : $"DROP TRIGGER \"{trigger[0]}\" ON \"{trigger[1]}\"");
        }
    }

    /// <summary>
    /// Runs a statement as somebody who holds the database itself: no trigger and no foreign key stands in the way.
    /// <c>@p0</c>, <c>@p1</c> … stand for the values.
    /// </summary>
    public async Task ForceAsync(string sql, params object?[] values)
    {
        if (kind == DatabaseKind.Postgres)
        {
            await ExecuteAsync($"BEGIN; SET LOCAL session_replication_role = replica; {sql}; COMMIT", values);
            return;
        }

        foreach (var trigger in await QueryAsync("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        {
            await ExecuteAsync($"DROP TRIGGER \"{trigger[0]}\"");
        }

        await ExecuteAsync($"PRAGMA foreign_keys = OFF; {sql}", values);
    }

    /// <summary>Makes a table refuse every new row.</summary>
    public Task BlockInsertsAsync(string table) => ExecuteAsync(kind == DatabaseKind.Sqlite
        ? $"CREATE TRIGGER \"Blocked\" BEFORE INSERT ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'blocked'); END"
        : $"CREATE TRIGGER \"Blocked\" BEFORE INSERT ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION clinic_refuse('blocked')");

    private static void Bind(DbCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = kind == DatabaseKind.Sqlite
            ? new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = settings.SqliteFile, Pooling = false, DefaultTimeout = 10 }.ToString())
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
