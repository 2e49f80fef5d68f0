using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>
/// Where the judged part of the trail ended when this process last looked. The chain only grows: where that place is gone, or holds
/// another entry, the trail was cut, and what was written since stands at places that count as judged and are not.
/// </summary>
/// <param name="Sequence">The place; 0 before the first.</param>
/// <param name="EntryId">The entry that stands there.</param>
/// <param name="Latest">The latest of all that were judged: ids begin with their time.</param>
/// <param name="At">When it was looked at.</param>
internal sealed record JudgedEnd(long Sequence, Guid EntryId, Guid Latest, DateTimeOffset At)
{
    // A process that has just started has seen nothing yet. What is judged twice counts twice; what is never judged is lost.
    private static readonly TimeSpan LooksBack = TimeSpan.FromHours(1);

    /// <summary>
    /// Null while the trail holds what was judged up to <paramref name="cursor"/>; after a cut, the place after which it must be
    /// judged.
    /// </summary>
    public static async Task<long?> FindCutAsync(
        ClinicDbContext db, long cursor, JudgedEnd? known, DateTimeOffset now, CancellationToken ct)
    {
        var knownPlace = known?.Sequence ?? 0;
        var there = await db.Set<AuditSeal>().Where(seal => seal.Sequence == cursor || seal.Sequence == knownPlace)
            .ToDictionaryAsync(seal => seal.Sequence, seal => seal.EntryId, ct);
        var isWhole = (cursor == 0 || there.ContainsKey(cursor))
            && (knownPlace == 0 || there.GetValueOrDefault(knownPlace) == known!.EntryId);
        return isWhole || (there.ContainsKey(cursor) && await IsToldAsync(db, known!, ct)) ? null : await PlaceAsync(db, known, now, ct);
    }

    /// <summary>The end as it is now, after what was judged.</summary>
    public static async Task<JudgedEnd> ReadAsync(ClinicDbContext db, long cursor, JudgedEnd? known, IReadOnlyList<TrailEvent> judged,
        DateTimeOffset now, CancellationToken ct)
    {
        var there = judged.Count > 0 ? judged[^1].EntryId
            : await db.Set<AuditSeal>().Where(seal => seal.Sequence == cursor).Select(seal => seal.EntryId).SingleOrDefaultAsync(ct);
        return new JudgedEnd(cursor, there, judged.Select(entry => entry.EntryId).Append(known?.Latest ?? there).Max(), now);
    }

    // Another instance has found the same cut meanwhile, and moved the cursor.
    private static Task<bool> IsToldAsync(ClinicDbContext db, JudgedEnd known, CancellationToken ct) =>
        db.Set<Alert>().AnyAsync(
            alert => alert.Kind == AlertKind.TrailBroken && alert.Key == AlertKeys.CutTrail && alert.LastAt >= known.At, ct);

    private static async Task<long> PlaceAsync(ClinicDbContext db, JudgedEnd? known, DateTimeOffset now, CancellationToken ct)
    {
        var judged = known?.Latest ?? UtcTime.FirstIdAt(now - LooksBack);
        var first = await db.Set<AuditSeal>().Where(seal => seal.EntryId > judged).MinAsync(seal => (long?)seal.Sequence, ct)
            ?? long.MaxValue;
        return await db.Set<AuditSeal>().Where(seal => seal.Sequence < first).MaxAsync(seal => (long?)seal.Sequence, ct) ?? 0;
    }
}
