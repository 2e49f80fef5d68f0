using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>
/// Compares the trail with its anchors. The walk along the chain finds what was changed in it; this finds what is no
/// longer there.
/// </summary>
internal sealed class AnchorComparer(AnchorFile file)
{
    private const int Batch = 500;

    /// <summary>
    /// The anchors of this clinic's own file, or of one that was kept elsewhere; null when there is none. Read before the
    /// trail is, which only grows.
    /// </summary>
    public AnchorLines? Read(string? path = null) => path is null ? file.Read() : file.Read(path);

    /// <summary>The anchors of this clinic's own file, from memory while the file is as it was.</summary>
    public AnchorLines? ReadKnown() => file.ReadKnown();

    /// <summary>Compares what <paramref name="db"/> holds with anchors that were read before.</summary>
    /// <param name="db">The database.</param>
    /// <param name="lines">The anchors.</param>
    /// <param name="isOwnFile">False for a copy that was kept elsewhere, which need not be whole.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<AnchorComparison> CompareAsync(DbContext db, AnchorLines? lines, bool isOwnFile, CancellationToken ct)
    {
        if (lines is null)
        {
            return new AnchorComparison(0, null, null, [new(AnchorFindingKind.FileMissing)]);
        }

        var anchors = lines.Anchors;
        if (!lines.IsReadable || (lines is { Anchors: [], Forged: [] } && (!isOwnFile || lines.Torn > 0)))
        {
            // A file of something else vouches for nothing either. The own one may be empty: its beginning is missing then.
            return new AnchorComparison(0, null, null, [new(AnchorFindingKind.FileUnreadable)]);
        }

        List<AnchorFinding> findings = [.. lines.Forged.Select(line => new AnchorFinding(AnchorFindingKind.AnchorForged, line, line))];
        if (isOwnFile)
        {
            findings.AddRange(Gaps(anchors));
        }

        findings.AddRange(await WithTrailAsync(db, anchors, ct));
        return new AnchorComparison(anchors.Count, anchors.Count == 0 ? null : anchors[0].At, anchors.Count == 0 ? null : anchors[^1].At,
            findings);
    }

    private static IEnumerable<AnchorFinding> Gaps(IReadOnlyList<AuditAnchor> anchors)
    {
        if (anchors.Count == 0 || anchors[0] is not { Reason: AnchorReason.Begin, Number: 1 })
        {
            yield return anchors.Count == 0
                ? new(AnchorFindingKind.BeginningMissing)
                : new(AnchorFindingKind.BeginningMissing, 1, anchors[0].Sequence, anchors[0].At);
        }

        foreach (var (one, next) in anchors.Zip(anchors.Skip(1)).Where(pair => pair.Second.Number != pair.First.Number + 1))
        {
            yield return new(AnchorFindingKind.AnchorsMissing, one.Number + 1, Math.Max(one.Number + 1, next.Number - 1), one.At);
        }
    }

    private static async Task<IEnumerable<AnchorFinding>> WithTrailAsync(DbContext db, IReadOnlyList<AuditAnchor> anchors,
        CancellationToken ct)
    {
        var last = await db.Set<AuditSeal>().OrderByDescending(seal => seal.Sequence).Select(seal => (long?)seal.Sequence)
            .FirstOrDefaultAsync(ct) ?? 0;
        var places = await HeadsAsync(db,
            [.. anchors.Select(anchor => anchor.Sequence).Where(place => place > 0 && place <= last).Distinct()], ct);
        var beyond = anchors.Where(anchor => anchor.Sequence > last).MaxBy(anchor => anchor.Sequence);
        var other = anchors.Where(
            anchor => anchor.Sequence > 0 && anchor.Sequence <= last && places.GetValueOrDefault(anchor.Sequence) != anchor.Head).ToList();
        var findings = new List<AnchorFinding>();
        if (other.Count > 0)
        {
            var first = other.Min(anchor => anchor.Sequence);
            var held = anchors.Where(anchor => anchor.Sequence < first).Select(anchor => anchor.Sequence).DefaultIfEmpty(0).Max();
            var known = other.MaxBy(anchor => anchor.Sequence)!;
            findings.Add(new(AnchorFindingKind.EntriesReplaced, held + 1, known.Sequence, known.At));
        }

        if (beyond is not null)
        {
            findings.Add(new(AnchorFindingKind.EntriesMissing, last + 1, beyond.Sequence, beyond.At));
        }

        return findings;
    }

    private static async Task<Dictionary<long, string>> HeadsAsync(DbContext db, List<long> places, CancellationToken ct)
    {
        var heads = new Dictionary<long, string>();
        foreach (var some in places.Chunk(Batch))
        {
            var found = await db.Set<AuditSeal>().Where(seal => some.Contains(seal.Sequence))
                .Select(seal => new { seal.Sequence, seal.Mac }).ToListAsync(ct);
            found.ForEach(seal => heads[seal.Sequence] = Convert.ToHexStringLower(seal.Mac));
        }

        return heads;
    }
}
