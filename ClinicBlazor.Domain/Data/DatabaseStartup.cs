using System.Data.Common;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>Brings the database to the present schema and loads the keys. Nothing else works before.</summary>
public sealed class DatabaseStartup
{
    private static readonly KeyPurpose[] Needed = [KeyPurpose.BlindIndex, KeyPurpose.Audit, KeyPurpose.Token, KeyPurpose.OwnedField];

    private readonly ClinicGate gate;
    private readonly AuditTrail trail;
    private readonly KeyRing keys;
    private readonly KeyStore store;
    private readonly OwnerUpgrade upgrade;
    private readonly IReadOnlyList<MigrationStep> steps;
    private readonly SqliteLibrary sqlite;
    private readonly DiskProbe disk;
    private readonly IOptions<ClinicSettings> settings;
    private readonly TimeProvider time;
    private readonly ILogger<DatabaseStartup> log;

    internal DatabaseStartup(
        ClinicGate gate, AuditTrail trail, KeyRing keys, KeyStore store, OwnerUpgrade upgrade, IEnumerable<MigrationStep> steps,
        SqliteLibrary sqlite, DiskProbe disk, IOptions<ClinicSettings> settings, TimeProvider time, ILogger<DatabaseStartup> log) =>
        (this.gate, this.trail, this.keys, this.store, this.upgrade, this.steps, this.sqlite, this.disk, this.settings, this.time,
            this.log) =
        (gate, trail, keys, store, upgrade, [.. steps], sqlite, disk, settings, time, log);

    /// <summary>
    /// Migrates, makes missing data keys, loads the key ring, binds the values of an earlier database to their owners.
    /// Throws <see cref="CryptographicException"/> when <paramref name="master"/> is not the key of this database,
    /// <see cref="UnfitDatabaseException"/> for a library that could harm it.
    /// </summary>
    public async Task RunAsync(MasterKey master, CancellationToken ct)
    {
        sqlite.RefuseWhenTooOld(settings.Value.Database);
        await using (var db = await gate.OpenUnrestrictedAsync(ct))
        {
            // A role without the right to change tables starts as well, as long as there is nothing to change.
            if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
            {
                await MigrateAsync(db, ct);
            }
        }

        try
        {
            await LoadKeysAsync(master, ct);
        }
        catch (Exception fault) when (ConcurrentChange.Is(fault))
        {
            // Another instance started at the same moment and made the keys.
            await LoadKeysAsync(master, ct);
        }
    }

    /// <summary>True when the database answers, the keys are loaded and the disk is not full.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (!keys.IsLoaded || !disk.HasRoom())
        {
            return false;
        }

        try
        {
            await using var db = await gate.OpenAccountsAsync(ct);
            return await db.Set<DataKey>().AnyAsync(ct);
        }
        catch (Exception fault) when (fault is DbException || UnreachableDatabase.Is(fault))
        {
            return false;
        }
    }

    private async Task MigrateAsync(ClinicDbContext db, CancellationToken ct)
    {
        await using var alone = await MigrationLock.TakeAsync(db, settings.Value, log, ct);

        // What was pending before may be done by now: by the process that this one has waited for.
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        foreach (var step in steps.Where(step => PlaceOf(step.Before) >= 0).OrderBy(step => PlaceOf(step.Before)))
        {
            // EF Core takes back whatever comes after the migration that it is sent to.
            if (PlaceOf(step.After) >= 0)
            {
                await db.GetService<IMigrator>().MigrateAsync(step.After, ct);
            }

            await step.RunAsync(db, ct);
        }

        if (pending.Count > 0)
        {
            await db.Database.MigrateAsync(ct);
        }

        int PlaceOf(string name) => pending.FindIndex(id => id.EndsWith('_' + name, StringComparison.Ordinal));
    }

    private async Task LoadKeysAsync(MasterKey master, CancellationToken ct)
    {
        var stored = await store.ReadAsync(ct);
        var missing = Needed.Except(stored.Select(key => key.Purpose)).ToList();
        if (OwnerUpgrade.IsDue(stored))
        {
            await upgrade.RunAsync(master, stored, ct);
        }
        else if (missing.Count > 0)
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
        await using var db = await gate.OpenUnrestrictedAsync(ct);
        keys.Load(master, [.. stored, .. store.Add(db, master, stored, missing)]);
        trail.Add(db, Actor.Anonymous(ClientInfo.Local), new AuditTrace(AuditAct.KeyCreated), AuditOutcome.Done, time.Now());
        await db.SaveChangesAsync(ct);
    }
}
