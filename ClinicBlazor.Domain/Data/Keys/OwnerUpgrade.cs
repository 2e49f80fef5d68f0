using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Data.Keys;

/// <summary>What a concept does with its own rows once the sealed values are bound to their owners.</summary>
internal interface IOwnerUpgradeStep
{
    /// <summary>Changes rows of <paramref name="db"/>, which sees everything; the caller saves them. May be run again.</summary>
    Task RunAsync(ClinicDbContext db, CancellationToken ct);
}

/// <summary>
/// Binds the sealed values of an earlier database to their owners, before anything else is served. New keys are made for
/// it, so that when it is done the old ones open nothing any more; until then it begins again at every start.
/// </summary>
internal sealed partial class OwnerUpgrade(
    ClinicGate gate, KeyStore store, KeyRing keys, Resealer resealer, IEnumerable<IOwnerUpgradeStep> steps, AuditTrail trail,
        TimeProvider time, ILogger<OwnerUpgrade> log)
{
    /// <summary>True for the keys of a database in which values are not bound to their owners yet.</summary>
    public static bool IsDue(IReadOnlyCollection<WrappedKey> stored) =>
        stored.Any(key => key.Purpose == KeyPurpose.Field) && !stored.Any(key => key.Purpose == KeyPurpose.OwnedField);

    /// <summary>Runs the upgrade to its end.</summary>
    public async Task RunAsync(MasterKey master, List<WrappedKey> stored, CancellationToken ct)
    {
        var rotation = await BeginAsync(master, stored, ct);
        LogBegun();
        var reached = await resealer.PassAsync(upgrade: true, progress: null, ct);
        await using (var db = await gate.OpenUnrestrictedAsync(ct))
        {
            foreach (var step in steps)
            {
                await step.RunAsync(db, ct);
            }

            await db.SaveChangesAsync(ct);
        }

        await FinishAsync(master, rotation, reached, ct);
        LogFinished(reached.Resealed, reached.Unreadable);
    }

    private async Task<Guid> BeginAsync(MasterKey master, List<WrappedKey> stored, CancellationToken ct)
    {
        await using var db = await gate.OpenUnrestrictedAsync(ct);
        var rotation = await db.Set<KeyRotation>().FirstOrDefaultAsync(row => row.FinishedAt == null, ct);
        if (rotation is null)
        {
            rotation = new KeyRotation { Id = time.NewId(), StartedAt = time.Now() };
            db.Set<KeyRotation>().Add(rotation);
        }

        if (stored.Exists(key => key.Purpose == KeyPurpose.OwnedFieldInUpgrade))
        {
            keys.Load(master, stored);
        }
        else
        {
            keys.Load(master, [.. stored, .. store.Add(db, master, stored, [KeyPurpose.OwnedFieldInUpgrade])]);
            trail.Add(db, Actor.Anonymous(ClientInfo.Local), new AuditTrace(AuditAct.KeyCreated), AuditOutcome.Done, time.Now());
        }

        await db.SaveChangesAsync(ct);
        return rotation.Id;
    }

    /// <summary>
    /// Wraps the new key once more, as one beside which none of the old kind is read. The old keys go, unless something
    /// is left that only they might open again when it is put back where it came from.
    /// </summary>
    private async Task FinishAsync(MasterKey master, Guid rotationId, ResealProgress reached, CancellationToken ct)
    {
        await using var db = await gate.OpenUnrestrictedAsync(ct);
        foreach (
            var key in await db.Set<DataKey>().AsTracking().Where(key => key.Purpose == KeyPurpose.OwnedFieldInUpgrade).ToListAsync(ct))
        {
            key.Wrapped = master.Wrap(master.Unwrap(key.Wrapped, key.Id, key.Purpose), key.Id, KeyPurpose.OwnedField);
            key.Purpose = KeyPurpose.OwnedField;
        }

        if (reached.Unreadable == 0)
        {
            db.Set<DataKey>().RemoveRange(
                await db.Set<DataKey>().AsTracking().Where(key => key.Purpose == KeyPurpose.Field).ToListAsync(ct));
        }

        (await db.Set<KeyRotation>().AsTracking().SingleAsync(row => row.Id == rotationId, ct)).Finish(time.Now());
        var outcome = reached.Unreadable == 0 ? AuditOutcome.Done : AuditOutcome.Failed;
        trail.Add(db, Actor.Anonymous(ClientInfo.Local), new AuditTrace(AuditAct.ValuesResealed), outcome, time.Now());
        await db.SaveChangesAsync(ct);
        keys.Load(master, await store.ReadAsync(ct));
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Sealed values are being bound to their owners; this is done once and takes a while in a large clinic")]
    private partial void LogBegun();

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Sealed values are bound to their owners: {Resealed} rows; {Unreadable} values do not open and were left as they are")]
    private partial void LogFinished(long resealed, long unreadable);
}
