using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Sets what SQLite forgets with each connection: write-ahead log, full synchronisation (a commit that was
/// acknowledged survives a power cut), foreign keys, triggers that also fire for rows which REPLACE would delete, and no
/// checkpoint of its own, which is the work of <see cref="WalCheckpointer"/>.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA busy_timeout=10000; PRAGMA wal_autocheckpoint=0;";

    /// <summary>The one interceptor.</summary>
    public static SqlitePragmas Instance { get; } = new();

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    /// <inheritdoc/>
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        // Microsoft.Data.Sqlite works synchronously underneath; asking asynchronously would only cost a task.
        Apply(connection);
        return Task.CompletedTask;
    }

    private static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
