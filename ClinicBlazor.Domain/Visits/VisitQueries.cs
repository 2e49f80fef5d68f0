namespace ClinicBlazor.Domain.Visits;

/// <summary>Which visits count as what, in every query alike; the indexes of <see cref="VisitConfiguration"/> are filtered so too.</summary>
internal static class VisitQueries
{
    /// <summary>Visits whose patients are in the clinic.</summary>
    public static IQueryable<Visit> Open(this IQueryable<Visit> visits) =>
        visits.Where(visit => visit.ClosedAt == null && visit.ArrivedAt != null);

    /// <summary>Visits whose patients are still expected.</summary>
    public static IQueryable<Visit> Planned(this IQueryable<Visit> visits) =>
        visits.Where(visit => visit.ClosedAt == null && visit.ArrivedAt == null);
}
