using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>Brings the database to the present schema and loads the keys. Nothing else works before.</summary>
public sealed class DatabaseStartup(ClinicDatabase database, AuditTrail trail, KeyRing keys, IOptions<ClinicSettings> settings, TimeProvider time)
{
    /// <summary>
    /// Migrates, makes missing data keys, loads the key ring. Throws <see cref="CryptographicException"/> when
    /// <paramref name="master"/> is not the key of this database.
    /// </summary>
    public async Task RunAsync(MasterKey master, CancellationToken ct)
    {
        // Migrating compares the whole model with the last snapshot, also when there is nothing to do.
        if (!(await database.Early.MigrationsAsync(ct)).IsSupersetOf(MigrationsFor(settings.Value.Database)))
        {
            await using var db = await database.OpenUnrestrictedAsync(ct);
            await db.Database.MigrateAsync(ct);
        }

        try
        {
            await LoadKeysAsync(master, ct);
        }
        catch (DbUpdateException fault) when (ConcurrentChange.Is(fault))
        {
            // Another instance started at the same moment and made the keys.
            await LoadKeysAsync(master, ct);
        }
    }

    /// <summary>True when the database answers and the keys are loaded.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (!keys.IsLoaded)
        {
            return false;
        }

        try
        {
            return await database.Early.HasDataKeysAsync(ct);
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>Ids of the migrations that this program brings for a database.</summary>
    internal static IEnumerable<string> MigrationsFor(DatabaseKind kind)
    {
        var context = kind == DatabaseKind.Sqlite ? typeof(SqliteClinicDbContext) : typeof(PostgresClinicDbContext);
        return typeof(DatabaseStartup).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)) && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id);
    }

    private async Task LoadKeysAsync(MasterKey master, CancellationToken ct)
    {
        var stored = await database.Early.DataKeysAsync(ct);
        var missing = Enum.GetValues<KeyPurpose>().Except(stored.Select(key => key.Purpose)).ToList();
        if (missing.Count > 0)
        {
            await MakeKeysAsync(master, stored, missing, ct);
        }
        else
        {
            keys.Load(master, stored);
        }
    }

    private async Task MakeKeysAsync(MasterKey master, List<WrappedKey> stored, List<KeyPurpose> missing, CancellationToken ct)
    {
        await using var db = await database.OpenUnrestrictedAsync(ct);
        var nextId = stored.Select(key => key.Id).DefaultIfEmpty(0).Max() + 1;
        var made = missing.ConvertAll(purpose => Make(master, nextId++, purpose));
        db.DataKeys.AddRange(made);
        keys.Load(master, [.. stored, .. made.Select(key => new WrappedKey(key.Id, key.Purpose, key.Wrapped))]);
        trail.Add(db, Actor.Anonymous(ClientInfo.Local), new Operation(Permission.SignIn, AuditAct.KeyCreated), AuditOutcome.Done, time.Now());
        await db.SaveChangesAsync(ct);
    }

    private DataKey Make(MasterKey master, int id, KeyPurpose purpose) =>
        new() { Id = id, Purpose = purpose, CreatedAt = time.Now(), Wrapped = master.Wrap(RandomNumberGenerator.GetBytes(32), id, purpose) };
}
