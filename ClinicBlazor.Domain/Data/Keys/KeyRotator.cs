using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data.Keys;

/// <summary>How a change of keys ended.</summary>
/// <param name="Resealed">Rows that got new values in this run.</param>
/// <param name="Unreadable">Values that do not open; while there are any the old keys stay.</param>
/// <param name="Retired">Old keys that are gone.</param>
public sealed record KeyRotationOutcome(long Resealed, long Unreadable, int Retired);

/// <summary>
/// Gives the clinic new data keys and seals everything anew while it goes on working. Other instances read new keys
/// within <see cref="KeySettings.Grace"/>; nothing is made with a new key earlier, and an old key goes only when that
/// time has passed twice and a whole pass has found nothing that uses it. For the command line only.
/// </summary>
public sealed class KeyRotator
{
    /// <summary>
    /// What gets new keys. Old audit keys stay, since the entries that they authenticate never change; tokens are stored
    /// as hashes alone and cannot be hashed again.
    /// </summary>
    private static readonly KeyPurpose[] Rotated = [KeyPurpose.OwnedField, KeyPurpose.BlindIndex, KeyPurpose.Audit];

    private readonly ClinicGate gate;
    private readonly KeyStore store;
    private readonly KeyRing keys;
    private readonly Resealer resealer;
    private readonly KeySettings settings;
    private readonly AuditTrail trail;
    private readonly TimeProvider time;

    internal KeyRotator(ClinicGate gate, KeyStore store, KeyRing keys, Resealer resealer, KeySettings settings, AuditTrail trail,
        TimeProvider time) =>
        (this.gate, this.store, this.keys, this.resealer, this.settings, this.trail, this.time) = (gate, store, keys, resealer, settings,
            trail, time);

    /// <summary>Begins a change of keys, or goes on with one that was broken off, and runs it to its end.</summary>
    public async Task<KeyRotationOutcome> RunAsync(IProgress<ResealProgress>? progress, CancellationToken ct)
    {
        var (rotationId, startedAt) = await BeginAsync(ct);
        await WaitUntilAsync(startedAt + settings.Grace, ct);
        var reached = await resealer.PassAsync(upgrade: false, progress, ct);
        var resealed = reached.Resealed;

        // What others had sealed with the old keys before they took the new ones is stored by then.
        await WaitUntilAsync(startedAt + (2 * settings.Grace), ct);
        do
        {
            reached = await resealer.PassAsync(upgrade: false, progress, ct);
            resealed += reached.Resealed;
        }
        while (reached.Resealed > 0);
        return new KeyRotationOutcome(resealed, reached.Unreadable, await FinishAsync(rotationId, reached.Unreadable == 0, ct));
    }

    private async Task<(Guid Id, DateTimeOffset StartedAt)> BeginAsync(CancellationToken ct)
    {
        await using var db = await gate.OpenUnrestrictedAsync(ct);
        var rotation = await db.Set<KeyRotation>().OrderByDescending(row => row.StartedAt)
            .FirstOrDefaultAsync(row => row.FinishedAt == null, ct);
        if (rotation is null)
        {
            rotation = new KeyRotation { Id = time.NewId(), StartedAt = time.Now() };
            db.Set<KeyRotation>().Add(rotation);
            store.Add(db, keys.Master, await store.ReadAsync(ct), Rotated);
            AddEntry(db, AuditAct.KeyCreated, AuditOutcome.Done);
            await db.SaveChangesAsync(ct);
        }

        await store.ReloadAsync(ct);
        return (rotation.Id, rotation.StartedAt);
    }

    private async Task<int> FinishAsync(Guid rotationId, bool retire, CancellationToken ct)
    {
        await using var db = await gate.OpenUnrestrictedAsync(ct);
        var (field, index) = (keys.Current(KeyPurpose.OwnedField).Id, keys.Current(KeyPurpose.BlindIndex).Id);
        var old = retire
            ? await db.Set<DataKey>().AsTracking()
                .Where(key => (key.Purpose == KeyPurpose.OwnedField && key.Id < field)
                    || (key.Purpose == KeyPurpose.BlindIndex && key.Id < index) || key.Purpose == KeyPurpose.Field)
                .ToListAsync(ct)
            : [];
        db.Set<DataKey>().RemoveRange(old);
        (await db.Set<KeyRotation>().AsTracking().SingleAsync(row => row.Id == rotationId, ct)).Finish(time.Now());
        AddEntry(db, AuditAct.ValuesResealed, retire ? AuditOutcome.Done : AuditOutcome.Failed);
        if (old.Count > 0)
        {
            AddEntry(db, AuditAct.KeyRetired, AuditOutcome.Done);
        }

        await db.SaveChangesAsync(ct);
        await store.ReloadAsync(ct);
        trail.Wake();
        return old.Count;
    }

    private void AddEntry(ClinicDbContext db, AuditAct act, AuditOutcome outcome) =>
        trail.Add(db, Actor.Anonymous(ClientInfo.Local), new AuditTrace(act), outcome, time.Now());

    private async Task WaitUntilAsync(DateTimeOffset moment, CancellationToken ct)
    {
        if (moment - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, ct);
        }
    }
}
