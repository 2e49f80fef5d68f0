using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.AccessHistory;

/// <summary>Something that somebody did; what was done several times within a minute is one.</summary>
/// <param name="At">When, in the clinic's time zone, to the minute.</param>
/// <param name="Act">What.</param>
/// <param name="InList">True when it was a list or search in which others stood too.</param>
/// <param name="EntryId">The entry by which it is named: the one that was reported, else the latest.</param>
/// <param name="Report">What became of it where the patient did not recognise it.</param>
public sealed record Look(DateTime At, AuditAct Act, bool InList, Guid EntryId, LookReportState? Report);

/// <summary>Somebody who worked with the patient's data.</summary>
/// <param name="Name">Name.</param>
/// <param name="Role">Roles held at that time.</param>
/// <param name="Looks">Each time, the latest first.</param>
public sealed record Visitor(string Name, string Role, IReadOnlyList<Look> Looks)
{
    /// <summary>Sorts a history by person; who came last comes first.</summary>
    public static IReadOnlyList<Visitor> From(IEnumerable<AccessHistoryRow> rows, TimeZoneInfo zone) =>
        [.. rows.OrderByDescending(row => row.At)
            .GroupBy(row => (row.Who, row.Role))
            .Select(person => new Visitor(person.Key.Who, person.Key.Role,
                [.. person.GroupBy(row => (At: Minute(row.At, zone), row.Act, row.InList)).Select(OneOf)]))];

    private static Look OneOf(IGrouping<(DateTime At, AuditAct Act, bool InList), AccessHistoryRow> same)
    {
        var row = same.FirstOrDefault(row => row.Report is not null) ?? same.First();
        return new(same.Key.At, same.Key.Act, same.Key.InList, row.EntryId, row.Report);
    }

    private static DateTime Minute(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
    }
}
