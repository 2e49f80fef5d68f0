using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The few rows that a start reads before it can answer anybody. EF Core takes several times as long to make its model as
/// the rest of a start takes, so these are plain statements that both databases understand; the model is made by the
/// first operation that needs it.
/// </summary>
internal sealed class EarlyReads(Func<DbConnection> connect)
{
    /// <summary>Ids of the migrations that were applied; empty for a database without any.</summary>
    public async Task<HashSet<string>> MigrationsAsync(CancellationToken ct)
    {
        try
        {
            return [.. await ReadAsync("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""", row => row.GetString(0), ct)];
        }
        catch (DbException)
        {
            // There is no such table, or no such database: migrating makes both, or says what else is wrong.
            return [];
        }
    }

    /// <summary>The wrapped data keys.</summary>
    public Task<List<WrappedKey>> DataKeysAsync(CancellationToken ct) => ReadAsync(
        """SELECT "Id", "Purpose", "Wrapped" FROM "DataKeys" ORDER BY 1""",
        row => new WrappedKey(row.GetInt32(0), Enum.Parse<KeyPurpose>(row.GetString(1)), row.GetFieldValue<byte[]>(2)), ct);

    /// <summary>The sealed keys of ASP.NET's data protection, oldest first.</summary>
    public Task<List<(Guid Id, SealedText Xml)>> DataProtectionKeysAsync(CancellationToken ct) => ReadAsync(
        """SELECT "Id", "Xml" FROM "DataProtectionKeys" ORDER BY "CreatedAt" ASC""",
        row => (row.GetGuid(0), new SealedText(row.GetFieldValue<byte[]>(1))), ct);

    /// <summary>True when there is an account at all.</summary>
    public async Task<bool> HasAccountsAsync(CancellationToken ct) =>
        (await ReadAsync("""SELECT 1 FROM "Accounts" LIMIT 1""", _ => true, ct)).Count > 0;

    /// <summary>True when there is an account of the demo clinic.</summary>
    public async Task<bool> HasDemoAccountsAsync(CancellationToken ct) => (await ReadAsync(
        """SELECT 1 FROM "Accounts" WHERE "NormalizedEmail" LIKE '%@CLINIC.EXAMPLE' OR "NormalizedEmail" LIKE '%@PATIENT.EXAMPLE' LIMIT 1""", _ => true, ct)).Count > 0;

    /// <summary>True when the database answers and its keys are made.</summary>
    public async Task<bool> HasDataKeysAsync(CancellationToken ct) =>
        (await ReadAsync("""SELECT 1 FROM "DataKeys" LIMIT 1""", _ => true, ct)).Count > 0;

    [SuppressMessage("Security", "CA2100", Justification = "ConstantExpected lets nobody pass a statement that is put together.")]
    private async Task<List<T>> ReadAsync<T>([ConstantExpected] string statement, Func<DbDataReader, T> read, CancellationToken ct)
    {
        await using var connection = connect();
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await using var rows = await command.ExecuteReaderAsync(ct);
        var all = new List<T>();
        while (await rows.ReadAsync(ct))
        {
            all.Add(read(rows));
        }

        return all;
    }
}
