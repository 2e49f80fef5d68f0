using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Moves what SQLite's write-ahead log holds into the database, over one connection: nobody who commits has to wait for
/// it, and no two connections do it at once. Does nothing on PostgreSQL.
/// </summary>
internal sealed partial class WalCheckpointer(ClinicReadiness readiness, IOptions<ClinicSettings> settings, ILogger<WalCheckpointer> log)
    : ClinicBackgroundService(readiness)
{
    /// <summary>From which size of the log on it is moved while others read and write, in bytes.</summary>
    public const long Soft = 4 << 20;

    /// <summary>
    /// From which size on writers wait until it is moved whole, in bytes: readers without a pause would let it grow for
    /// ever.
    /// </summary>
    public const long Hard = 32 << 20;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private string File => settings.Value.SqliteFile;

    /// <summary>Moves the log as far as its size asks for.</summary>
    public async Task CheckpointAsync(CancellationToken ct)
    {
        var wal = new FileInfo($"{File}-wal");
        if (wal.Exists && wal.Length >= Soft)
        {
            await RunAsync(wal.Length >= Hard, ct);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (settings.Value.Database == DatabaseKind.Sqlite && System.IO.File.Exists(File))
        {
            await TryAsync(() => RunAsync(whole: true, CancellationToken.None));
        }
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (settings.Value.Database != DatabaseKind.Sqlite)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(ct))
        {
            await TryAsync(() => CheckpointAsync(ct));
        }
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is SqliteException or IOException)
        {
            // What was committed is safe in the log; the next round tries again.
            LogFault(fault.GetType().Name);
        }
    }

    private async Task RunAsync(bool whole, CancellationToken ct)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = File, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
            DefaultTimeout = 5
        };
        await using var own = new SqliteConnection(connection.ToString());
        await own.OpenAsync(ct);
        await using var command = own.CreateCommand();
        if (whole)
        {
            command.CommandText = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=1000; PRAGMA wal_checkpoint(TRUNCATE);";
        }
        else
        {
            command.CommandText = "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(PASSIVE);";
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The write-ahead log could not be moved into the database ({Fault}); it is tried again")]
    private partial void LogFault(string fault);
}
