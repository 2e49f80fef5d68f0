using System.Globalization;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>
/// Puts entries whose time is over into archives, each night, and takes them out of the database. An entry goes only when it is
/// sealed and the part of the chain that it stands in holds: what was tampered with is told, and stays where it can be looked at.
/// The seals stay, and with them what is left of each entry, so that the chain can be walked as before.
/// </summary>
internal sealed partial class AuditArchiver(
    ClinicReadiness readiness, AuditDatabase database, AuditVerifier verifier, AuditTrail trail, AuditMac mac, ArchiveSigner signer,
    AuditDue due, ClinicSettings settings, TimeProvider time, ILogger<AuditArchiver> log)
    : ClinicBackgroundService(readiness)
{
    /// <summary>Most entries of one archive.</summary>
    public const int Most = 5000;

    // What stands in the way for longer than another instance does is for the next night.
    private const int Tries = 5;

    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    private IReadOnlyList<AuditBreak> told = [];

    /// <summary>Archives all that is over; answers with how many entries went.</summary>
    public async Task<int> ArchiveAsync(CancellationToken ct)
    {
        var (total, beaten) = (0, 0);
        while (beaten < Tries)
        {
            var count = await ArchiveOnceAsync(ct);
            if (count == 0)
            {
                break;
            }

            (total, beaten) = (total + (count ?? 0), count is null ? beaten + 1 : 0);
        }

        return total;
    }

    // A full disk, a folder that cannot be written: the entries stay, and the next night tries again.
    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken ct) => RepeatAsync(Period, () => ArchiveAsync(ct), LogFault, ct, time);

    /// <summary>Makes one archive; answers with its entries: 0 where nothing is to do, null when another instance was quicker.</summary>
    private async Task<int?> ArchiveOnceAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var now = time.Now();
        var newest = await NewestAsync(db, ct);
        var ids = await due.FindAsync(db, now, Most, ct);
        if (ids.Count == 0)
        {
            return 0;
        }

        var entries = await ReadAsync(db, ids, ct);
        var breaks = await CheckAsync(db, ids, entries, ct);
        if (breaks.Count > 0)
        {
            if (await NewestAsync(db, ct) != newest)
            {
                // What is missing went into another instance's archive while it was looked at.
                return null;
            }

            await TellAsync(breaks, ct);
            return 0;
        }

        told = [];
        var number = newest + 1;
        var bytes = ArchiveFile.Bytes(new ArchiveHead(settings.Name, number, now), entries, signer);
        var (archive, rows) = Rows(number, now, entries, bytes);
        db.Set<AuditArchive>().Add(archive);
        db.Set<AuditArchived>().AddRange(rows);
        var trace = new AuditTrace(AuditAct.AuditArchived)
        {
            Remark = string.Create(CultureInfo.InvariantCulture,
                $"archive {number}: {archive.Entries} entries, {archive.FirstSequence} to {archive.LastSequence}"),
        };
        trail.Add(db, Actor.Anonymous(ClientInfo.Local), trace, AuditOutcome.Done, now);
        try
        {
            await database.ArchiveAsync(
                db, rows, () => ArchiveFile.Write(Path.Combine(settings.AuditArchiveDirectory, archive.FileName), bytes), ct);
        }
        catch (DbUpdateException fault) when (database.WasBeaten(fault))
        {
            // Its archive is as good.
            return null;
        }

        trail.Wake();
        return archive.Entries;
    }

    private (AuditArchive Archive, IReadOnlyList<AuditArchived> Rows) Rows(long number, DateTimeOffset now,
        IReadOnlyList<ArchivedEntry> entries, byte[] bytes)
    {
        var (first, last) = (entries[0].Seal.Sequence, entries[^1].Seal.Sequence);
        IReadOnlyList<AuditArchived> rows =
        [
            .. entries.Select(entry => new AuditArchived
            {
                Sequence = entry.Seal.Sequence, EntryId = entry.Entry.Id, EntryMac = entry.Entry.Mac, ArchiveNumber = number,
            }),
        ];
        var archive = mac.Sign(new AuditArchive
        {
            Number = number,
            FileName = AuditArchive.NameOf(first, last),
            FirstSequence = first,
            LastSequence = last,
            Entries = entries.Count,
            Digest = AuditArchive.DigestOf(rows),
            FileSha256 = SHA256.HashData(bytes),
            MadeAt = now,
        });
        return (archive, rows);
    }

    /// <summary>The number of the newest archive; 0 before the first.</summary>
    private static Task<long> NewestAsync(DbContext db, CancellationToken ct) =>
        db.Set<AuditArchive>().OrderByDescending(row => row.Number).Select(row => row.Number).FirstOrDefaultAsync(ct);

    /// <summary>The entries with their places and lists, in the order of the chain; those without a place are left out.</summary>
    private static async Task<IReadOnlyList<ArchivedEntry>> ReadAsync(DbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = new List<ArchivedEntry>();
        foreach (var some in ids.Chunk(AuditDue.AtOnce))
        {
            var rows = await db.Set<AuditEntry>().Where(entry => some.Contains(entry.Id))
                .Join(db.Set<AuditSeal>(), entry => entry.Id, seal => seal.EntryId, (entry, seal) => new { Entry = entry, Seal = seal })
                .ToListAsync(ct);
            var listed = (await db.Set<AuditListed>().Where(row => some.Contains(row.EntryId)).ToListAsync(ct))
                .ToLookup(row => row.EntryId, row => row.PatientId);
            found.AddRange(rows.Select(row => new ArchivedEntry(row.Entry, row.Seal, [.. listed[row.Entry.Id]])));
        }

        return [.. found.OrderBy(entry => entry.Seal.Sequence)];
    }

    /// <summary>What does not hold of these entries, or of the part of the chain that they stand in.</summary>
    private async Task<IReadOnlyList<AuditBreak>> CheckAsync(DbContext db, IReadOnlyList<Guid> ids, IReadOnlyList<ArchivedEntry> entries,
        CancellationToken ct)
    {
        var part = entries.Count == 0 ? []
            : await verifier.CheckPartAsync(db, entries[0].Seal.Sequence, entries[^1].Seal.Sequence, ct);
        return
        [
            .. part,

            // After so many years every entry has its place.
            .. ids.Except(entries.Select(entry => entry.Entry.Id)).Select(id => new AuditBreak(AuditBreakKind.EntryInserted, null, id)),
            .. entries.Where(entry => !mac.IsGenuine(entry.Entry, entry.Listed))
                .Select(entry => new AuditBreak(AuditBreakKind.EntryChanged, entry.Seal.Sequence, entry.Entry.Id)).Except(part),
        ];
    }

    private async Task TellAsync(IReadOnlyList<AuditBreak> breaks, CancellationToken ct)
    {
        if (breaks.SequenceEqual(told))
        {
            return;
        }

        told = breaks;
        foreach (var found in breaks)
        {
            LogBreak(found.Kind, found.Sequence, found.EntryId);
        }

        await using var db = await database.OpenAsync(ct);
        var trace = new AuditTrace(AuditAct.AuditArchived)
        {
            Remark = string.Create(CultureInfo.InvariantCulture, $"nothing archived: {breaks.Count} findings"),
        };
        trail.Add(db, Actor.Anonymous(ClientInfo.Local), trace, AuditOutcome.Failed, time.Now());
        await db.SaveChangesAsync(ct);
        trail.Wake();
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "Old audit entries are not archived: {Finding} at place {Place}, entry {EntryId}. verify-audit says more.")]
    private partial void LogBreak(AuditBreakKind finding, long? place, Guid? entryId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old audit entries could not be archived; they are kept and tried again")]
    private partial void LogFault(Exception fault);
}
