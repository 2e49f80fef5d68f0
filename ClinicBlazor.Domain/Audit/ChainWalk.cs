using ClinicBlazor.Domain.Audit.Archives;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit;

/// <summary>Walks a part of the chain, some seals at a time, and finds what does not fit in it.</summary>
internal sealed class ChainWalk(AuditMac mac, DbContext db, IReadOnlySet<long> badArchives)
{
    private const int Batch = 2000;

    private readonly List<AuditBreak> breaks = [];
    private byte[]? previousMac;
    private long expected = 1;
    private bool knowsPrevious = true;

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<AuditBreak> Breaks => breaks;

    /// <summary>Entries that were there.</summary>
    public long Entries { get; private set; }

    /// <summary>Entries that are in archives.</summary>
    public long Archived { get; private set; }

    /// <summary>Seals that were passed.</summary>
    public long Seals => Entries + Archived + Missing;

    private long Missing { get; set; }

    /// <summary>Begins at a place of the chain: what came before it is taken as it is.</summary>
    public async Task BeginAtAsync(long first, CancellationToken ct)
    {
        expected = first;
        previousMac = await db.Set<AuditSeal>().Where(seal => seal.Sequence == first - 1).Select(seal => seal.Mac).SingleOrDefaultAsync(ct);
        knowsPrevious = first == 1 || previousMac is not null;
    }

    /// <summary>Goes on by some seals, up to <paramref name="last"/>; false when there are no more.</summary>
    public async Task<bool> GoOnAsync(long last, CancellationToken ct)
    {
        // In this order: an entry that is archived in between is found in its archive, and one that is still there had its list.
        var from = expected;
        var seals = await db.Set<AuditSeal>().Where(seal => seal.Sequence >= from && seal.Sequence <= last)
            .OrderBy(seal => seal.Sequence).Take(Batch).ToListAsync(ct);
        if (seals.Count == 0)
        {
            return false;
        }

        var to = seals[^1].Sequence;
        var listed = (await db.Set<AuditSeal>().Where(seal => seal.Sequence >= from && seal.Sequence <= to)
            .Join(db.Set<AuditListed>(), seal => seal.EntryId, row => row.EntryId, (_, row) => row)
            .ToListAsync(ct)).ToLookup(row => row.EntryId, row => row.PatientId);
        var found = await db.Set<AuditSeal>().Where(seal => seal.Sequence >= from && seal.Sequence <= to)
            .GroupJoin(db.Set<AuditEntry>(), seal => seal.EntryId, entry => entry.Id, (seal, entries) => new { seal, entries })
            .SelectMany(row => row.entries.DefaultIfEmpty(), (row, entry) => new { row.seal, entry })
            .GroupJoin(db.Set<AuditArchived>(), row => row.seal.Sequence, row => row.Sequence,
                (row, archived) => new { row.seal.Sequence, row.entry, archived })
            .SelectMany(row => row.archived.DefaultIfEmpty(),
                (row, archived) => new { row.Sequence, Entry = row.entry, Archived = archived })
            .ToDictionaryAsync(row => row.Sequence, ct);
        foreach (var seal in seals)
        {
            var row = found.GetValueOrDefault(seal.Sequence);
            Pass(seal, row?.Entry, row?.Archived, listed);
        }

        return breaks.Count < AuditVerification.MostBreaks;
    }

    private void Pass(AuditSeal seal, AuditEntry? entry, AuditArchived? archived, ILookup<Guid, Guid> listed)
    {
        // The first link after a gap cannot be compared with one that is gone; the gap itself is reported.
        var afterGap = seal.Sequence != expected || !knowsPrevious;
        for (; expected < seal.Sequence && breaks.Count < AuditVerification.MostBreaks; expected++)
        {
            breaks.Add(new(AuditBreakKind.SealRemoved, expected, null));
        }

        if (Check(seal, entry, archived, listed, afterGap) is { } kind)
        {
            breaks.Add(new(kind, seal.Sequence, seal.EntryId));
        }

        (expected, previousMac, knowsPrevious) = (seal.Sequence + 1, seal.Mac, true);
    }

    private AuditBreakKind? Check(AuditSeal seal, AuditEntry? entry, AuditArchived? archived, ILookup<Guid, Guid> listed, bool afterGap)
    {
        if (entry is not null)
        {
            Entries++;

            // What is in an archive has gone, and does not come back.
            return archived is not null ? AuditBreakKind.EntryInserted
                : !mac.IsGenuine(entry, [.. listed[entry.Id]]) ? AuditBreakKind.EntryChanged
                : afterGap || mac.Follows(seal, previousMac, entry.Mac) ? null : AuditBreakKind.ChainBroken;
        }

        if (archived is null)
        {
            Missing++;
            return AuditBreakKind.EntryRemoved;
        }

        Archived++;
        return badArchives.Contains(archived.ArchiveNumber) || afterGap
            || (archived.EntryId == seal.EntryId && mac.Follows(seal, previousMac, archived.EntryMac))
            ? null : AuditBreakKind.ChainBroken;
    }
}
