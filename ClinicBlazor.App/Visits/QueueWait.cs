using ClinicBlazor.Domain.Visits;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Visits;

/// <summary>How long somebody has waited where they are, against what is meant to be the longest there.</summary>
internal readonly record struct QueueWait(TimeSpan Time, int? LimitMinutes)
{
    // From this part of the limit on, a wait is close to it.
    private const double Close = 0.7;

    /// <summary>Whole minutes; those of a planned visit that is not due yet are below nought.</summary>
    public int Minutes => (int)Math.Floor(Time.TotalMinutes);

    /// <summary>True past the limit.</summary>
    public bool IsLate => LimitMinutes is { } limit && Minutes >= limit;

    /// <summary>True close to the limit, and not past it.</summary>
    public bool IsSoon => !IsLate && LimitMinutes is { } limit && Minutes >= limit * Close;

    /// <summary>What a row's colour goes by, beside its words.</summary>
    public string Code => IsLate ? "late" : IsSoon ? "soon" : "ok";

    /// <summary>The wait of a row at a moment.</summary>
    public static QueueWait Of(QueueRow row, DateTimeOffset now) => new(now - row.Since, LimitOf(row.Status));

    /// <summary>The longest that is meant to be waited in a state, in minutes; null where there is none.</summary>
    public static int? LimitOf(VisitStatus status) => status switch
    {
        VisitStatus.Planned => 10,
        VisitStatus.Arrived => 10,
        VisitStatus.Triaged => 20,
        VisitStatus.InProgress => 30,
        _ => null,
    };

    /// <summary>The time as one says it: minutes, then hours, then days.</summary>
    public string Words(IStringLocalizer<VisitsText> text) => Duration(Math.Abs(Minutes), text);

    /// <summary>How far it is from the limit, in words.</summary>
    public string Left(IStringLocalizer<VisitsText> text) => LimitMinutes switch
    {
        null => "",
        { } limit when Minutes >= limit => text["{0} over", Duration(Minutes - limit, text)],
        { } limit => text["{0} left", Duration(limit - Minutes, text)],
    };

    private static string Duration(int minutes, IStringLocalizer<VisitsText> text) => minutes switch
    {
        < 120 => text["{0} min", minutes],
        < 48 * 60 => text["{0} h", minutes / 60],
        _ => text["{0} days", minutes / (24 * 60)],
    };
}
