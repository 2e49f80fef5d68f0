using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>What is known of the archives of a trail.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Entries">Entries in them.</param>
/// <param name="FilesMissing">Files that are not in their folder, where files were looked at: they may be kept elsewhere.</param>
public sealed record ArchiveState(long Count, long Entries, long FilesMissing)
{
    /// <summary>There is none.</summary>
    public static ArchiveState None { get; } = new(0, 0, 0);
}

/// <summary>Checks that archives are what they were when they were made: each row, what it says of its entries, and its file.</summary>
internal sealed class ArchiveCheck(AuditMac mac, DbContext db)
{
    private readonly HashSet<long> bad = [];
    private readonly List<AuditBreak> breaks = [];

    /// <summary>Numbers of archives that are not what they were.</summary>
    public IReadOnlySet<long> Bad => bad;

    /// <summary>What was found.</summary>
    public IReadOnlyList<AuditBreak> Breaks => breaks;

    /// <summary>What there is.</summary>
    public ArchiveState State { get; private set; } = ArchiveState.None;

    /// <summary>Checks all of them, and the files of a folder where one is named.</summary>
    public async Task RunAsync(string? folder, CancellationToken ct)
    {
        var expected = 1L;
        var more = true;
        while (more && breaks.Count < AuditVerification.MostBreaks)
        {
            var from = expected;
            var archive = await db.Set<AuditArchive>().Where(row => row.Number >= from).OrderBy(row => row.Number).FirstOrDefaultAsync(ct);
            more = archive is not null;
            if (archive is not null)
            {
                for (; expected < archive.Number && breaks.Count < AuditVerification.MostBreaks; expected++)
                {
                    Add(AuditBreakKind.ArchiveChanged, expected);
                }

                await CheckAsync(archive, folder, ct);
                expected = archive.Number + 1;
            }
        }

        // Rows of an archive that is not there; one question, so that an archive made meanwhile is there with all of it.
        foreach (var number in await db.Set<AuditArchived>()
            .Where(row => !db.Set<AuditArchive>().Any(archive => archive.Number == row.ArchiveNumber))
            .Select(row => row.ArchiveNumber).Distinct().OrderBy(number => number).Take(AuditVerification.MostBreaks).ToListAsync(ct))
        {
            Add(AuditBreakKind.ArchiveChanged, number);
        }

        foreach (var number in await db.Set<AuditArchive>().Where(archive => archive.Number < 1).Select(archive => archive.Number)
            .OrderBy(number => number).Take(AuditVerification.MostBreaks).ToListAsync(ct))
        {
            Add(AuditBreakKind.ArchiveChanged, number);
        }
    }

    private async Task CheckAsync(AuditArchive archive, string? folder, CancellationToken ct)
    {
        var number = archive.Number;
        var rows = await db.Set<AuditArchived>().Where(row => row.ArchiveNumber == number).OrderBy(row => row.Sequence).ToListAsync(ct);
        State = State with { Count = State.Count + 1, Entries = State.Entries + rows.Count };
        if (!mac.IsGenuine(archive) || rows.Count != archive.Entries || rows.Count == 0
            || rows[0].Sequence != archive.FirstSequence || rows[^1].Sequence != archive.LastSequence
            || !AuditArchive.DigestOf(rows).AsSpan().SequenceEqual(archive.Digest))
        {
            Add(AuditBreakKind.ArchiveChanged, number);
        }
        else if (folder is not null)
        {
            CheckFile(archive, Path.Combine(folder, AuditArchive.NameOf(archive.FirstSequence, archive.LastSequence)));
        }
    }

    private void CheckFile(AuditArchive archive, string path)
    {
        try
        {
            if (!ArchiveFile.HashOf(path).AsSpan().SequenceEqual(archive.FileSha256))
            {
                breaks.Add(new(AuditBreakKind.ArchiveFileChanged, null, null) { Archive = archive.Number });
            }
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            State = State with { FilesMissing = State.FilesMissing + 1 };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Something lies there that nobody can read: it vouches for nothing.
            breaks.Add(new(AuditBreakKind.ArchiveFileChanged, null, null) { Archive = archive.Number });
        }
    }

    private void Add(AuditBreakKind kind, long number)
    {
        if (bad.Add(number))
        {
            breaks.Add(new(kind, null, null) { Archive = number });
        }
    }
}
