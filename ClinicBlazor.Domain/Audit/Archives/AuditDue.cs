using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit.Archives;

/// <summary>Finds the entries whose time is over. Each act's oldest are read off an index: what stays is never walked past.</summary>
internal sealed class AuditDue(AuditSettings settings, IEnumerable<IKeptEntries> keepers)
{
    /// <summary>Most ids that one question names.</summary>
    public const int AtOnce = 500;

    /// <summary>The years that entries of a kind are kept.</summary>
    public int YearsOf(AuditKind kind) => kind switch
    {
        AuditKind.Patients => settings.Keep.Patients,
        AuditKind.Accounts => settings.Keep.Accounts,
        AuditKind.System => settings.Keep.System,
    } ?? settings.KeepYears;

    /// <summary>Before which moment entries of a kind are over.</summary>
    // A day more: the database asks its own clock whether six years have passed.
    public DateTimeOffset LimitOf(AuditKind kind, DateTimeOffset now) => now.AddYears(-YearsOf(kind)).AddDays(-1);

    /// <summary>The ids of the oldest entries that are over at a moment, at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<Guid>> FindAsync(DbContext db, DateTimeOffset now, int most, CancellationToken ct)
    {
        var kept = new List<Guid>();
        foreach (var keeper in keepers)
        {
            kept.AddRange(await keeper.FindAsync(db, ct));
        }

        var oldest = new List<Guid>();
        foreach (var act in Enum.GetValues<AuditAct>().Where(act => !AuditKinds.Stays(act)))
        {
            // The id is made a moment after the time that it goes with; the time itself is what counts.
            var limit = LimitOf(AuditKinds.Of(act), now);
            var beyond = UtcTime.FirstIdAt(limit);
            oldest.AddRange(await db.Set<AuditEntry>()
                .Where(entry => entry.Act == act && entry.Id < beyond && entry.At < limit && !kept.Contains(entry.Id))
                .OrderBy(entry => entry.Id).Take(most).Select(entry => entry.Id).ToListAsync(ct));
        }

        return [.. oldest.Order().Take(most)];
    }
}
