using ClinicBlazor.Domain.Audit.Anchors;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit;

/// <summary>What is wrong with an entry of the chain.</summary>
public enum AuditBreakKind
{
    /// <summary>A field of the entry was changed.</summary>
    EntryChanged,

    /// <summary>The entry is gone, its place in the chain is not.</summary>
    EntryRemoved,

    /// <summary>The entry is in no chain, waits for none, and was not written by this application.</summary>
    EntryInserted,

    /// <summary>A number is missing in the chain, or an entry has lost its place in it.</summary>
    SealRemoved,

    /// <summary>The link does not follow from the one before: reordered or replaced.</summary>
    ChainBroken,

    /// <summary>Patients are named for the list of an entry that is not there.</summary>
    ListWithoutEntry,
}

/// <summary>A finding of the verifier.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Sequence">Place in the chain; null for an entry that has none.</param>
/// <param name="EntryId">Which entry; null where only its place is known.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long? Sequence, Guid? EntryId);

/// <summary>What the verifier found.</summary>
/// <param name="Entries">Entries looked at.</param>
/// <param name="Pending">Of these, how many wait for their seal.</param>
/// <param name="Breaks">Findings, in the order of the chain; at most <see cref="MostBreaks"/>.</param>
/// <param name="Anchors">What the anchors outside the database say of it.</param>
/// <param name="VerifiedAt">When.</param>
public sealed record AuditVerification(long Entries, long Pending, IReadOnlyList<AuditBreak> Breaks, AnchorComparison Anchors,
    DateTimeOffset VerifiedAt)
{
    /// <summary>Findings after which a verification ends.</summary>
    public const int MostBreaks = 100;

    /// <summary>True when every entry is as it was written and in its place, and none that the anchors know is gone.</summary>
    public bool IsIntact => Breaks.Count == 0 && Anchors.Holds;

    /// <summary>How many findings there are.</summary>
    public int Findings => Breaks.Count + Anchors.Findings.Count;
}

/// <summary>How far a verification has come.</summary>
/// <param name="Checked">Entries looked at so far.</param>
/// <param name="Total">Entries in the chain when it began.</param>
public sealed record AuditProgress(long Checked, long Total);

/// <summary>
/// Walks the whole chain and finds each changed, removed, inserted or reordered entry; then asks the anchors for what is
/// no longer there at all.
/// </summary>
public sealed class AuditVerifier
{
    private readonly AuditMac mac;
    private readonly AnchorComparer comparer;
    private readonly TimeProvider time;

    internal AuditVerifier(AuditMac mac, AnchorComparer comparer, TimeProvider time) =>
        (this.mac, this.comparer, this.time) = (mac, comparer, time);

    private const int Batch = 2000;

    /// <summary>
    /// Verifies everything that <paramref name="db"/> holds, against anchors that were kept elsewhere where a file of
    /// them is named.
    /// </summary>
    internal async Task<AuditVerification> VerifyAsync(DbContext db, IProgress<AuditProgress>? progress, CancellationToken ct,
        string? anchorsElsewhere = null)
    {
        var anchors = comparer.Read(anchorsElsewhere);
        var total = progress is null ? 0 : await db.Set<AuditSeal>().LongCountAsync(ct);
        var breaks = new List<AuditBreak>();
        var entries = 0L;
        var expected = 1L;
        byte[]? previousMac = null;
        await CheckBeforeTheFirstAsync(db, breaks, ct);
        while (breaks.Count < AuditVerification.MostBreaks)
        {
            var from = expected;
            var rows = await db.Set<AuditSeal>()
                .Where(seal => seal.Sequence >= from)
                .OrderBy(seal => seal.Sequence)
                .Take(Batch)
                .GroupJoin(db.Set<AuditEntry>(), seal => seal.EntryId, entry => entry.Id,
                    (seal, found) => new { Seal = seal, Found = found })
                .SelectMany(row => row.Found.DefaultIfEmpty(), (row, entry) => new { row.Seal, Entry = entry })
                .OrderBy(row => row.Seal.Sequence)
                .ToListAsync(ct);
            if (rows.Count == 0)
            {
                break;
            }

            var listed = await ListedAsync(db, from, ct);
            foreach (var row in rows)
            {
                entries++;
                var afterGap = row.Seal.Sequence != expected;
                for (; expected < row.Seal.Sequence && breaks.Count < AuditVerification.MostBreaks; expected++)
                {
                    breaks.Add(new(AuditBreakKind.SealRemoved, expected, null));
                }

                if (Check(row.Seal, row.Entry, listed, previousMac, afterGap) is { } kind)
                {
                    breaks.Add(new(kind, row.Seal.Sequence, row.Seal.EntryId));
                }

                expected = row.Seal.Sequence + 1;
                previousMac = row.Seal.Mac;
            }

            progress?.Report(new AuditProgress(entries, Math.Max(entries, total)));
        }

        var pending = await CheckUnsealedAsync(db, breaks, ct);
        await CheckStrayListsAsync(db, breaks, ct);
        var compared = await AnchorComparer.CompareAsync(db, anchors, isOwnFile: anchorsElsewhere is null, ct);
        return new(entries + pending, pending, breaks.Take(AuditVerification.MostBreaks).ToList(), compared, time.Now());
    }

    /// <summary>Compares with the anchors alone.</summary>
    internal Task<AnchorComparison> CompareAsync(DbContext db, CancellationToken ct) =>
        AnchorComparer.CompareAsync(db, comparer.ReadKnown(), isOwnFile: true, ct);

    /// <summary>The chain begins at 1: what claims a place before it would never be walked past.</summary>
    private static async Task CheckBeforeTheFirstAsync(DbContext db, List<AuditBreak> breaks, CancellationToken ct) =>
        breaks.AddRange((await db.Set<AuditSeal>().Where(seal => seal.Sequence < 1).OrderBy(seal => seal.Sequence)
            .Take(AuditVerification.MostBreaks).ToListAsync(ct))
            .Select(seal => new AuditBreak(AuditBreakKind.EntryInserted, seal.Sequence, seal.EntryId)));

    /// <summary>The patients of the lists that the next entries of the chain tell of.</summary>
    private static async Task<ILookup<Guid, Guid>> ListedAsync(DbContext db, long from, CancellationToken ct) =>
        (await db.Set<AuditSeal>().Where(seal => seal.Sequence >= from).OrderBy(seal => seal.Sequence).Take(Batch)
            .Join(db.Set<AuditListed>(), seal => seal.EntryId, listed => listed.EntryId, (_, listed) => listed)
            .ToListAsync(ct)).ToLookup(listed => listed.EntryId, listed => listed.PatientId);

    private AuditBreakKind? Check(AuditSeal seal, AuditEntry? entry, ILookup<Guid, Guid> listed, byte[]? previousMac, bool afterGap)
    {
        if (entry is null)
        {
            return AuditBreakKind.EntryRemoved;
        }

        if (!mac.IsGenuine(entry, [.. listed[entry.Id]]))
        {
            return AuditBreakKind.EntryChanged;
        }

        // The first link after a gap cannot be compared with one that is gone; the gap itself has been reported.
        return afterGap || mac.Follows(seal, previousMac, entry.Mac) ? null : AuditBreakKind.ChainBroken;
    }

    private async Task<long> CheckUnsealedAsync(DbContext db, List<AuditBreak> breaks, CancellationToken ct)
    {
        var unsealed = await db.Set<AuditEntry>()
            .Where(entry => !db.Set<AuditSeal>().Any(seal => seal.EntryId == entry.Id))
            .Select(entry => new { Entry = entry, Waits = db.Set<AuditPending>().Any(pending => pending.EntryId == entry.Id) })
            .ToListAsync(ct);
        var ids = unsealed.ConvertAll(row => row.Entry.Id);
        var listed = (await db.Set<AuditListed>().Where(row => ids.Contains(row.EntryId)).ToListAsync(ct))
            .ToLookup(row => row.EntryId, row => row.PatientId);
        foreach (var row in unsealed)
        {
            var genuine = mac.IsGenuine(row.Entry, [.. listed[row.Entry.Id]]);
            if (!row.Waits)
            {
                breaks.Add(new(genuine ? AuditBreakKind.SealRemoved : AuditBreakKind.EntryInserted, null, row.Entry.Id));
            }
            else if (!genuine)
            {
                breaks.Add(new(AuditBreakKind.EntryChanged, null, row.Entry.Id));
            }
        }

        return unsealed.Count;
    }

    /// <summary>An entry that is known to be gone has told of its list already.</summary>
    private static async Task CheckStrayListsAsync(DbContext db, List<AuditBreak> breaks, CancellationToken ct)
    {
        var stray = await db.Set<AuditListed>()
            .Where(listed => !db.Set<AuditEntry>().Any(entry => entry.Id == listed.EntryId))
            .Select(listed => listed.EntryId).Distinct().Take(AuditVerification.MostBreaks).ToListAsync(ct);
        breaks.AddRange(stray.Except(breaks.Select(found => found.EntryId).OfType<Guid>())
            .Select(id => new AuditBreak(AuditBreakKind.ListWithoutEntry, null, id)));
    }
}
