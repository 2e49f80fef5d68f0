using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Audit.Archives;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// Walks the whole chain and finds each changed, removed, inserted or reordered entry; then asks the anchors for what is
/// no longer there at all. Entries that went into archives are walked by what is left of them. However long the chain is, a
/// few thousand rows are held at a time.
/// </summary>
public sealed class AuditVerifier
{
    private const int Batch = 20_000;

    private readonly AuditMac mac;
    private readonly AnchorComparer comparer;
    private readonly TimeProvider time;

    internal AuditVerifier(AuditMac mac, AnchorComparer comparer, TimeProvider time) =>
        (this.mac, this.comparer, this.time) = (mac, comparer, time);

    /// <summary>
    /// Verifies everything that <paramref name="db"/> holds, against anchors that were kept elsewhere where a file of
    /// them is named, and the files of archives where their folder is named.
    /// </summary>
    internal async Task<AuditVerification> VerifyAsync(DbContext db, IProgress<AuditProgress>? progress, CancellationToken ct,
        string? anchorsElsewhere = null, string? archiveFolder = null)
    {
        var anchors = comparer.Read(anchorsElsewhere);
        var total = await db.Set<AuditSeal>().OrderByDescending(seal => seal.Sequence).Select(seal => seal.Sequence)
            .FirstOrDefaultAsync(ct);
        var breaks = new List<AuditBreak>();
        await CheckBeforeTheFirstAsync(db, breaks, ct);
        var archives = new ArchiveCheck(mac, db);
        await archives.RunAsync(archiveFolder, ct);
        breaks.AddRange(archives.Breaks);
        var walk = new ChainWalk(mac, db, archives.Bad);
        while (await walk.GoOnAsync(long.MaxValue, ct))
        {
            progress?.Report(new AuditProgress(walk.Seals, Math.Max(walk.Seals, total)));
        }

        breaks.AddRange(walk.Breaks);
        var pending = await CheckUnsealedAsync(db, breaks, ct);
        await CheckStrayListsAsync(db, breaks, ct);
        var compared = await AnchorComparer.CompareAsync(db, anchors, isOwnFile: anchorsElsewhere is null, ct);
        return new(walk.Entries + pending, pending, breaks.Take(AuditVerification.MostBreaks).ToList(), compared, time.Now())
        {
            Archives = archives.State,
        };
    }

    /// <summary>Compares with the anchors alone.</summary>
    internal Task<AnchorComparison> CompareAsync(DbContext db, CancellationToken ct) =>
        AnchorComparer.CompareAsync(db, comparer.ReadKnown(), isOwnFile: true, ct);

    /// <summary>
    /// What does not fit between two places of the chain. What was found in the archives there is found by the whole walk alone.
    /// </summary>
    internal async Task<IReadOnlyList<AuditBreak>> CheckPartAsync(DbContext db, long first, long last, CancellationToken ct)
    {
        var walk = new ChainWalk(mac, db, new HashSet<long>());
        await walk.BeginAtAsync(first, ct);
        while (await walk.GoOnAsync(last, ct))
        {
            // On to its end.
        }

        return walk.Breaks;
    }

    /// <summary>The chain begins at 1: what claims a place before it would never be walked past.</summary>
    private static async Task CheckBeforeTheFirstAsync(DbContext db, List<AuditBreak> breaks, CancellationToken ct) =>
        breaks.AddRange((await db.Set<AuditSeal>().Where(seal => seal.Sequence < 1).OrderBy(seal => seal.Sequence)
            .Take(AuditVerification.MostBreaks).ToListAsync(ct))
            .Select(seal => new AuditBreak(AuditBreakKind.EntryInserted, seal.Sequence, seal.EntryId)));

    private async Task<long> CheckUnsealedAsync(DbContext db, List<AuditBreak> breaks, CancellationToken ct)
    {
        var pending = 0L;
        Guid? after = null;
        do
        {
            // A piece at a time, by ids: one question about all would take its time and hear nobody who wants to stop it.
            var (from, to) = (after, await EndAsync(After(db.Set<AuditEntry>(), after).OrderBy(entry => entry.Id)
                .Select(entry => (Guid?)entry.Id), ct));
            var piece = After(db.Set<AuditEntry>(), from);
            piece = to is { } end ? piece.Where(entry => entry.Id <= end) : piece;
            pending += await CheckUnsealedAsync(db, piece, breaks, ct);
            after = to;
        }
        while (after is not null && breaks.Count < AuditVerification.MostBreaks);
        return pending;

        static IQueryable<AuditEntry> After(IQueryable<AuditEntry> entries, Guid? id) =>
            id is { } last ? entries.Where(entry => entry.Id > last) : entries;
    }

    private async Task<long> CheckUnsealedAsync(DbContext db, IQueryable<AuditEntry> entries, List<AuditBreak> breaks, CancellationToken ct)
    {
        var unsealed = await entries
            .Where(entry => !db.Set<AuditSeal>().Any(seal => seal.EntryId == entry.Id))
            .Select(entry => new { Entry = entry, Waits = db.Set<AuditPending>().Any(pending => pending.EntryId == entry.Id) })
            .ToListAsync(ct);
        var ids = unsealed.ConvertAll(row => row.Entry.Id);
        var listed = ids.Count == 0 ? [] : await db.Set<AuditListed>().Where(row => ids.Contains(row.EntryId)).ToListAsync(ct);
        var patients = listed.ToLookup(row => row.EntryId, row => row.PatientId);
        foreach (var row in unsealed)
        {
            var genuine = mac.IsGenuine(row.Entry, [.. patients[row.Entry.Id]]);
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
        var known = breaks.Select(found => found.EntryId).OfType<Guid>().ToHashSet();
        Guid? after = null;
        do
        {
            var (from, to) = (after, await EndAsync(After(db.Set<AuditListed>(), after).OrderBy(row => row.EntryId)
                .ThenBy(row => row.PatientId).Select(row => (Guid?)row.EntryId), ct));
            var piece = After(db.Set<AuditListed>(), from);
            piece = to is { } end ? piece.Where(row => row.EntryId <= end) : piece;
            var stray = await piece.Where(row => !db.Set<AuditEntry>().Any(entry => entry.Id == row.EntryId))
                .Select(row => row.EntryId).Distinct().Take(AuditVerification.MostBreaks).ToListAsync(ct);
            breaks.AddRange(stray.Where(known.Add).Select(id => new AuditBreak(AuditBreakKind.ListWithoutEntry, null, id)));
            after = to;
        }
        while (after is not null && breaks.Count < AuditVerification.MostBreaks);

        static IQueryable<AuditListed> After(IQueryable<AuditListed> rows, Guid? id) =>
            id is { } last ? rows.Where(row => row.EntryId > last) : rows;
    }

    /// <summary>Where the next piece ends; null for the last one.</summary>
    private static Task<Guid?> EndAsync(IQueryable<Guid?> ids, CancellationToken ct) =>
        ids.Skip(Batch - 1).Take(1).FirstOrDefaultAsync(ct);
}
