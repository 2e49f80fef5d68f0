using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Lets one process at a time bring a database to the present schema. EF Core guards each call of its own; here several calls
/// belong together, with work on the rows between them. What holds the lock ends with its process, however that ends.
/// </summary>
internal static partial class MigrationLock
{
    // Any number will do: the lock counts within one database, where nothing else takes one.
    private const long Number = 0x636C_696E_6963;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Waits until no other process migrates the database of <paramref name="db"/>, and keeps them waiting until the answer is
    /// disposed of.
    /// </summary>
    public static async Task<IAsyncDisposable> TakeAsync(ClinicDbContext db, ClinicSettings settings, ILogger log, CancellationToken ct)
    {
        var onPostgres = db.Database.IsNpgsql();
        if (onPostgres)
        {
            await MakeAsync(db.GetService<IRelationalDatabaseCreator>(), ct);
        }

        for (var told = false; ; told = true)
        {
            if ((onPostgres ? await TryOnPostgresAsync(db, ct) : TryFile(settings)) is { } taken)
            {
                return taken;
            }

            if (!told)
            {
                LogWaits(log);
            }

            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>
    /// A file of its own, since the database's is opened by everybody. It is left lying: a file that was deleted could be held
    /// by one process while the next one makes another.
    /// </summary>
    private static FileStream? TryFile(ClinicSettings settings)
    {
        var file = Path.Combine(settings.DataDirectory, "clinic.migrating");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault.GetType() == typeof(IOException) && File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>
    /// A lock of the session, on the connection that migrates: it cannot outlive what it stands for. It is tried rather than
    /// waited for, because a statement that waits is given up after a minute.
    /// </summary>
    private static async Task<IAsyncDisposable?> TryOnPostgresAsync(ClinicDbContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        if ((await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({Number}) AS \"Value\"").ToListAsync(ct))[0])
        {
            return new OnPostgres(db);
        }

        await db.Database.CloseConnectionAsync();
        return null;
    }

    /// <summary>A lock needs a database to stand in.</summary>
    private static async Task MakeAsync(IRelationalDatabaseCreator creator, CancellationToken ct)
    {
        try
        {
            if (!await creator.ExistsAsync(ct))
            {
                await creator.CreateAsync(ct);
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // Another process made it in between.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Another process brings the database to the present schema; this one waits")]
    private static partial void LogWaits(ILogger log);

    private sealed class OnPostgres(ClinicDbContext db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                // A connection that goes back to its pool keeps the lock.
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Number})", CancellationToken.None);
                await db.Database.CloseConnectionAsync();
            }
            catch (DbException)
            {
                // The connection broke, and the lock with it; what broke it is told already.
            }
        }
    }
}
