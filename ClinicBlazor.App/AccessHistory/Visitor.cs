using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.AccessHistory;

/// <summary>Something that somebody did; what was done several times within a minute is one.</summary>
/// <param name="At">When, in the clinic's time zone, to the minute.</param>
/// <param name="Act">What.</param>
/// <param name="InList">True when it was a list or search in which others stood too.</param>
/// <param name="EntryId">The entry by which it is named: the one that was reported, else the latest.</param>
/// <param name="Report">What became of it where the patient did not recognise it.</param>
/// <param name="Record">The record that it was about; null where it was none.</param>
public sealed record Look(DateTime At, AuditAct Act, bool InList, Guid EntryId, LookReportState? Report, LookedAtRecord? Record)
{
    /// <summary>The document that it was about; null where it was none.</summary>
    public LookedAtDocument? Document { get; init; }
}

/// <summary>Somebody who worked with the patient's data.</summary>
/// <param name="Name">Name.</param>
/// <param name="Role">Roles held at that time.</param>
/// <param name="Looks">Each time, the latest first.</param>
public sealed record Visitor(string Name, string Role, IReadOnlyList<Look> Looks);

/// <summary>What was done in one visit, or between two.</summary>
/// <param name="Visit">The visit; null for what was done outside of any.</param>
/// <param name="Visitors">Who did it; who came last comes first.</param>
public sealed record LookPeriod(LookVisit? Visit, IReadOnlyList<Visitor> Visitors)
{
    /// <summary>The entry that came last in it, by which it is told from the others.</summary>
    public Guid Key => Visitors[0].Looks[0].EntryId;

    /// <summary>Sorts a history by visit, the latest first, and each by person.</summary>
    public static IReadOnlyList<LookPeriod> From(IEnumerable<AccessHistoryRow> rows, TimeZoneInfo zone)
    {
        var periods = new List<(LookVisit? Visit, List<AccessHistoryRow> Rows)>();
        foreach (var row in rows.OrderByDescending(row => row.At).ThenByDescending(row => row.EntryId))
        {
            if (periods.Count == 0 || periods[^1].Visit != row.Visit)
            {
                periods.Add((row.Visit, []));
            }

            periods[^1].Rows.Add(row);
        }

        return [.. periods.Select(period => new LookPeriod(period.Visit, VisitorsOf(period.Rows, zone)))];
    }

    private static IReadOnlyList<Visitor> VisitorsOf(IEnumerable<AccessHistoryRow> rows, TimeZoneInfo zone) =>
        [.. rows.GroupBy(row => (row.Who, row.Role))
            .Select(person => new Visitor(person.Key.Who, person.Key.Role,
                [.. person.GroupBy(row => (At: Minute(row.At, zone), row.Act, row.InList, row.Record, row.Document)).Select(OneOf)]))];

    private static Look OneOf(
        IGrouping<(DateTime At, AuditAct Act, bool InList, LookedAtRecord? Record, LookedAtDocument? Document), AccessHistoryRow> same)
    {
        var row = same.FirstOrDefault(row => row.Report is not null) ?? same.First();
        return new(same.Key.At, same.Key.Act, same.Key.InList, row.EntryId, row.Report, same.Key.Record) { Document = same.Key.Document };
    }

    private static DateTime Minute(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
    }
}
