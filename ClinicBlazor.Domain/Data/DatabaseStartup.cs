using System.Data.Common;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>Brings the database to the present schema and loads the keys. Nothing else works before.</summary>
public sealed class DatabaseStartup(ClinicDatabase database, AuditTrail trail, KeyRing keys, TimeProvider time)
{
    /// <summary>
    /// Migrates, makes missing data keys, loads the key ring. Throws <see cref="CryptographicException"/> when
    /// <paramref name="master"/> is not the key of this database.
    /// </summary>
    public async Task RunAsync(MasterKey master, CancellationToken ct)
    {
        await using (var db = await database.OpenUnrestrictedAsync(ct))
        {
            // Migrating compares the whole model with the last snapshot, also when there is nothing to do.
            if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
            {
                await db.Database.MigrateAsync(ct);
            }
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
            await using var db = await database.OpenAccountsAsync(ct);
            return await db.DataKeys.AnyAsync(ct);
        }
        catch (DbException)
        {
            return false;
        }
    }

    private async Task LoadKeysAsync(MasterKey master, CancellationToken ct)
    {
        await using var db = await database.OpenUnrestrictedAsync(ct);
        var stored = await db.DataKeys.ToListAsync(ct);
        var missing = Enum.GetValues<KeyPurpose>().Except(stored.Select(key => key.Purpose)).ToList();
        var nextId = stored.Select(key => key.Id).DefaultIfEmpty(0).Max() + 1;
        foreach (var purpose in missing)
        {
            var id = nextId++;
            var key = new DataKey { Id = id, Purpose = purpose, CreatedAt = time.Now(), Wrapped = master.Wrap(RandomNumberGenerator.GetBytes(32), id, purpose) };
            stored.Add(key);
            db.DataKeys.Add(key);
        }

        keys.Load(master, stored);
        if (missing.Count > 0)
        {
            trail.Add(db, Actor.Anonymous(ClientInfo.Local), new Operation(Permission.SignIn, AuditAct.KeyCreated), AuditOutcome.Done, time.Now());
            await db.SaveChangesAsync(ct);
        }
    }
}
