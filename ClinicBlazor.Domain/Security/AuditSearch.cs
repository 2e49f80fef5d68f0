using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>
/// Finds the ids of one page of entries. Of people who are asked for, each one's own newest are read off an index, and of a
/// patient the entries about them and those of lists in which they stood; what these give is merged. Neither the trail nor all
/// that somebody ever did is walked.
/// </summary>
internal sealed class AuditSearch(ClinicDbContext db, AuditQuery query, CancellationToken ct)
{
    // So many of the staff and as many patients of a name are looked at; a longer part of the name finds the others.
    private const int PeopleAsked = 20;

    // An entry gets its id a moment after the time that it names, and clocks are set.
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private readonly DateTimeOffset? start =
        query.From is { } from ? new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    private readonly DateTimeOffset? end = query.To is { } to && to < DateOnly.MaxValue
        ? new DateTimeOffset(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    private TrailRange Range => new(query.OldestFirst, Guid.TryParse(query.After, out var last) ? last : null,
        start is { } first ? UtcTime.FirstIdAt(first, -Slack) : null, end is { } beyond ? UtcTime.FirstIdAt(beyond, Slack) : null);

    /// <summary>The ids of the first <paramref name="count"/> entries, in the order that is asked for.</summary>
    public async Task<IReadOnlyList<Guid>> FirstAsync(int count)
    {
        var people = await PeopleAsync();
        if (query.PatientNumber is not { } number)
        {
            return await First(db.Set<AuditEntry>(), people, count).ToListAsync(ct);
        }

        var patientId = await db.Set<PatientNumber>().Where(patient => patient.Number == number).Select(patient => (Guid?)patient.Id)
            .SingleOrDefaultAsync(ct) ?? Guid.Empty;
        var about = await First(db.Set<AuditEntry>().Where(entry => entry.PatientId == patientId), people, count).ToListAsync(ct);
        var listing = await PatientLists.FirstAsync(db, patientId, Range, entry => Fits(entry, people), count, ct);

        // The databases order ids as .NET does: their text and their bytes sort alike.
        var ids = about.Concat(listing.Select(entry => entry.Id));
        return [.. (query.OldestFirst ? ids.Order() : ids.OrderDescending()).Take(count)];
    }

    /// <summary>Who is asked for; null for anybody.</summary>
    private async Task<IReadOnlyList<Guid>?> PeopleAsync()
    {
        var who = query.Who.Trim();
        if (who.Length == 0)
        {
            return null;
        }

        var finder = new AccountFinder(db, PeopleAsked, ct);
        return [.. (await finder.SearchAsync(AccountKind.Staff, who)).Concat(await finder.SearchAsync(AccountKind.Patient, who))
            .Select(person => person.Id)];
    }

    private IQueryable<Guid> First(IQueryable<AuditEntry> entries, IReadOnlyList<Guid>? people, int count)
    {
        var narrow = Narrow(entries);
        if (people is null)
        {
            return Ordered(narrow).Select(entry => entry.Id);
        }

        var each = people.Select(id => Ordered(narrow.Where(entry => entry.AccountId == id))).ToList();
        return (each.Count == 0 ? narrow.Where(_ => false) : Ordered(each.Aggregate((one, next) => one.Concat(next))))
            .Select(entry => entry.Id);

        IQueryable<AuditEntry> Ordered(IQueryable<AuditEntry> some) =>
            (query.OldestFirst ? some.OrderBy(entry => entry.Id) : some.OrderByDescending(entry => entry.Id)).Take(count);
    }

    private IQueryable<AuditEntry> Narrow(IQueryable<AuditEntry> entries)
    {
        var range = Range;
        if (range.After is { } last)
        {
            entries = range.OldestFirst ? entries.Where(entry => entry.Id > last) : entries.Where(entry => entry.Id < last);
        }

        entries = range.First is { } first ? entries.Where(entry => entry.Id >= first && entry.At >= start) : entries;
        entries = range.Beyond is { } beyond ? entries.Where(entry => entry.Id < beyond && entry.At < end) : entries;
        entries = query.Act is { } act ? entries.Where(entry => entry.Act == act) : entries;
        return query.Outcome is { } outcome ? entries.Where(entry => entry.Outcome == outcome) : entries;
    }

    private bool Fits(AuditEntry entry, IReadOnlyList<Guid>? people) =>
        (people is null || (entry.AccountId is { } who && people.Contains(who)))
        && (start is null || entry.At >= start) && (end is null || entry.At < end)
        && (query.Act is null || entry.Act == query.Act) && (query.Outcome is null || entry.Outcome == query.Outcome);
}
