using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>A piece of the trail, by the ids of its entries, which sort by time.</summary>
/// <param name="OldestFirst">True for the order in which it happened.</param>
/// <param name="After">The entry to go on from; null to begin.</param>
/// <param name="First">The least id; null for none.</param>
/// <param name="Beyond">The id that is too great; null for none.</param>
internal sealed record TrailRange(bool OldestFirst = false, Guid? After = null, Guid? First = null, Guid? Beyond = null);

/// <summary>
/// The entries of lists in which one patient stood. Such an entry names no patient itself: it is seen through the row that names
/// this one, which only the patient and whoever reads the trail see. A page of ids is read off the index of those rows, then
/// the entries by their ids: one question after entries of both kinds at once would walk the trail.
/// </summary>
internal static class PatientLists
{
    private const int AtOnce = 200;

    /// <summary>The first so many entries of a piece of the trail that fit.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> FirstAsync(ClinicDbContext db, Guid patientId, TrailRange range,
        Func<AuditEntry, bool> fits, int count, CancellationToken ct)
    {
        var found = new List<AuditEntry>();
        List<Guid> ids;
        do
        {
            ids = await IdsAsync(db, patientId, range, ct);
            var entries = await Entries(db).Where(entry => ids.Contains(entry.Id)).ToDictionaryAsync(entry => entry.Id, ct);
            found.AddRange(ids.Where(entries.ContainsKey).Select(id => entries[id]).Where(fits));
            range = range with { After = ids.Count > 0 ? ids[^1] : null };
        }
        while (ids.Count == AtOnce && found.Count < count);
        return [.. found.Take(count)];
    }

    /// <summary>The entry of one list; null where the patient did not stand in it.</summary>
    public static async Task<AuditEntry?> FindAsync(ClinicDbContext db, Guid patientId, Guid entryId, CancellationToken ct) =>
        await db.Set<AuditListed>().AnyAsync(row => row.PatientId == patientId && row.EntryId == entryId, ct)
            ? await Entries(db).SingleOrDefaultAsync(entry => entry.Id == entryId, ct) : null;

    private static IQueryable<AuditEntry> Entries(ClinicDbContext db) =>
        db.Set<AuditEntry>().IgnoreQueryFilters([ClinicDbContext.AccessFilter]);

    private static Task<List<Guid>> IdsAsync(ClinicDbContext db, Guid patientId, TrailRange range, CancellationToken ct)
    {
        var rows = db.Set<AuditListed>().Where(row => row.PatientId == patientId);
        if (range.After is { } last)
        {
            rows = range.OldestFirst ? rows.Where(row => row.EntryId > last) : rows.Where(row => row.EntryId < last);
        }

        rows = range.First is { } first ? rows.Where(row => row.EntryId >= first) : rows;
        rows = range.Beyond is { } beyond ? rows.Where(row => row.EntryId < beyond) : rows;
        return (range.OldestFirst ? rows.OrderBy(row => row.EntryId) : rows.OrderByDescending(row => row.EntryId))
            .Take(AtOnce).Select(row => row.EntryId).ToListAsync(ct);
    }
}
