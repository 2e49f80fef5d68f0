using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.App.AccessHistory;

/// <summary>Something that somebody did; what was done several times within a minute is one.</summary>
/// <param name="At">When, in the clinic's time zone, to the minute.</param>
/// <param name="Act">What.</param>
public sealed record Look(DateTime At, AuditAct Act);

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
            .Select(person => new Visitor(person.Key.Who, person.Key.Role, [.. person.Select(row => new Look(Minute(row.At, zone), row.Act)).Distinct()]))];

    private static DateTime Minute(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
    }
}
