using System.Diagnostics.CodeAnalysis;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClinicBlazor.Tests.Data;

/// <summary>The write-ahead log is moved into the database by one connection, and stays small.</summary>
[Trait("Requirement", "S2-16")]
public sealed class WalCheckpointerTests : IAsyncLifetime
{
    private const int RowBytes = 64 << 10;

    private DomainHost host = null!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await host.DisposeAsync();

    private WalCheckpointer Checkpointer => host.Services.GetServices<IHostedService>().OfType<WalCheckpointer>().Single();

    private long WalBytes => new FileInfo($"{host.Settings.SqliteFile}-wal") is { Exists: true } wal ? wal.Length : 0;

    [Fact]
    public async Task Connections_OfThePool_CheckpointNothingThemselves()
    {
        await using var db = await host.OpenAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_autocheckpoint";

        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Log_UnderWritesWhileReadersComeAndGo_StaysBounded()
    {
        using var stop = new CancellationTokenSource();
        await PrepareAsync();
        var readers = Enumerable.Range(0, 3).Select(_ => ReadAsync(stop.Token)).ToList();
        var largest = 0L;

        // Three times what may lie in the log, so that one that is never moved fails.
        for (var written = 0L; written < 3 * WalCheckpointer.Hard; written += RowBytes)
        {
            await WriteAsync();
            if (written % (16 * RowBytes) == 0)
            {
                await Checkpointer.CheckpointAsync(stop.Token);
            }

            largest = Math.Max(largest, WalBytes);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.InRange(largest, WalCheckpointer.Soft, WalCheckpointer.Hard + (64 * RowBytes));
    }

    [Fact]
    public async Task Log_OfAReaderThatStays_GrowsUntilItGoesAndIsMovedThen()
    {
        await PrepareAsync();
        await using (var reader = await OpenAsync())
        {
            await RunAsync(reader, "BEGIN; SELECT count(*) FROM \"Growing\"");
            await GrowAsync(2 * WalCheckpointer.Soft);
            await Checkpointer.CheckpointAsync(CancellationToken.None);
            Assert.True(WalBytes > WalCheckpointer.Soft);
        }

        await Checkpointer.CheckpointAsync(CancellationToken.None);
        var before = WalBytes;
        await GrowAsync(WalCheckpointer.Soft / 2);

        Assert.Equal(before, WalBytes);
    }

    [Fact]
    public async Task StopAsync_WithALogThatIsNotEmpty_MovesIt()
    {
        await PrepareAsync();

        // Closing the last connection would move the log by itself.
        await using var open = await OpenAsync();
        await RunAsync(open, "SELECT count(*) FROM \"Growing\"");
        await GrowAsync(WalCheckpointer.Soft / 2);
        Assert.NotEqual(0, WalBytes);

        await Checkpointer.StopAsync(CancellationToken.None);

        Assert.Equal(0, WalBytes);
    }

    private async Task PrepareAsync()
    {
        await using var connection = await OpenAsync();
        await RunAsync(connection, "CREATE TABLE \"Growing\" (\"Bytes\" BLOB)");
    }

    private async Task GrowAsync(long bytes)
    {
        for (var written = 0L; written < bytes; written += RowBytes)
        {
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        await using var connection = await OpenAsync();
        await RunAsync(connection,
            "INSERT INTO \"Growing\" VALUES (randomblob(65536)); DELETE FROM \"Growing\" WHERE rowid < (SELECT max(rowid) - 20 FROM \"Growing\")");
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await using var connection = await OpenAsync();
            await RunAsync(connection, "BEGIN; SELECT count(*) FROM \"Growing\"");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>A connection as those of the pool are, but for reads and writes past the rules.</summary>
    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = host.Settings.SqliteFile, Pooling = false }.ToString());
        await connection.OpenAsync();
        await RunAsync(connection, "PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=0");
        return connection;
    }

    [SuppressMessage("Security", "CA2100", Justification = "One of the constants of this file.")]
    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
