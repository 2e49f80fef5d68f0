using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Archives;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>The one way in which entries of the trail leave the database; its triggers let them go in this order alone.</summary>
internal static class ArchivedEntries
{
    /// <summary>
    /// Saves the rows of an archive, has its file written, and takes the entries away, in one transaction. Of two instances the
    /// second waits at the number of the archive and loses before it has written a file; what ends in between leaves the entries.
    /// </summary>
    public static Task TakeAwayAsync(ClinicDbContext db, IReadOnlyList<AuditArchived> rows, Action writeFile, CancellationToken ct) =>
        db.InTurnAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.SaveChangesAsync(ct);
            writeFile();
            var gone = 0;
            foreach (var some in rows.Select(row => row.EntryId).Chunk(AuditDue.AtOnce))
            {
                gone += await db.Set<AuditEntry>().Where(entry => some.Contains(entry.Id)).ExecuteDeleteAsync(ct);
                await db.Set<AuditListed>().Where(row => some.Contains(row.EntryId)).ExecuteDeleteAsync(ct);
            }

            if (gone != rows.Count)
            {
                throw new InvalidOperationException("Other entries are gone than those that were archived.");
            }

            await transaction.CommitAsync(ct);
            return Done.Instance;
        }, ct);
}
