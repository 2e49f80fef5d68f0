using ClinicBlazor.Domain.Data;
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
/// <param name="VerifiedAt">When.</param>
public sealed record AuditVerification(long Entries, long Pending, IReadOnlyList<AuditBreak> Breaks, DateTimeOffset VerifiedAt)
{
    /// <summary>Findings after which a verification ends.</summary>
    public const int MostBreaks = 100;

    /// <summary>True when every entry is as it was written and in its place.</summary>
    public bool IsIntact => Breaks.Count == 0;
}

/// <summary>How far a verification has come.</summary>
/// <param name="Checked">Entries looked at so far.</param>
/// <param name="Total">Entries in the chain when it began.</param>
public sealed record AuditProgress(long Checked, long Total);

/// <summary>Walks the whole chain and finds each changed, removed, inserted or reordered entry.</summary>
public sealed class AuditVerifier(AuditMac mac, TimeProvider time)
{
    private const int Batch = 2000;

    /// <summary>Verifies everything that <paramref name="db"/> holds.</summary>
    internal async Task<AuditVerification> VerifyAsync(ClinicDbContext db, IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        var total = progress is null ? 0 : await db.AuditSeals.LongCountAsync(ct);
        var breaks = new List<AuditBreak>();
        var entries = 0L;
        var expected = 1L;
        byte[]? previousMac = null;
        while (breaks.Count < AuditVerification.MostBreaks)
        {
            var from = expected;
            var rows = await db.AuditSeals
                .Where(seal => seal.Sequence >= from)
                .OrderBy(seal => seal.Sequence)
                .Take(Batch)
                .GroupJoin(db.AuditEntries, seal => seal.EntryId, entry => entry.Id, (seal, found) => new { Seal = seal, Found = found })
                .SelectMany(row => row.Found.DefaultIfEmpty(), (row, entry) => new { row.Seal, Entry = entry })
                .OrderBy(row => row.Seal.Sequence)
                .ToListAsync(ct);
            if (rows.Count == 0)
            {
                break;
            }

            foreach (var row in rows)
            {
                entries++;
                var afterGap = row.Seal.Sequence != expected;
                for (; expected < row.Seal.Sequence && breaks.Count < AuditVerification.MostBreaks; expected++)
                {
                    breaks.Add(new(AuditBreakKind.SealRemoved, expected, null));
                }

                if (Check(row.Seal, row.Entry, previousMac, afterGap) is { } kind)
                {
                    breaks.Add(new(kind, row.Seal.Sequence, row.Seal.EntryId));
                }

                expected = row.Seal.Sequence + 1;
                previousMac = row.Seal.Mac;
            }

            progress?.Report(new AuditProgress(entries, Math.Max(entries, total)));
        }

        var pending = await CheckUnsealedAsync(db, breaks, ct);
        return new(entries + pending, pending, breaks.Take(AuditVerification.MostBreaks).ToList(), time.Now());
    }

    private AuditBreakKind? Check(AuditSeal seal, AuditEntry? entry, byte[]? previousMac, bool afterGap)
    {
        if (entry is null)
        {
            return AuditBreakKind.EntryRemoved;
        }

        if (!mac.IsGenuine(entry))
        {
            return AuditBreakKind.EntryChanged;
        }

        // The first link after a gap cannot be compared with one that is gone; the gap itself has been reported.
        return afterGap || mac.Follows(seal, previousMac, entry.Mac) ? null : AuditBreakKind.ChainBroken;
    }

    private async Task<long> CheckUnsealedAsync(ClinicDbContext db, List<AuditBreak> breaks, CancellationToken ct)
    {
        var unsealed = await db.AuditEntries
            .Where(entry => !db.AuditSeals.Any(seal => seal.EntryId == entry.Id))
            .Select(entry => new { Entry = entry, Waits = db.AuditPending.Any(pending => pending.EntryId == entry.Id) })
            .ToListAsync(ct);
        foreach (var row in unsealed)
        {
            var genuine = mac.IsGenuine(row.Entry);
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
}
