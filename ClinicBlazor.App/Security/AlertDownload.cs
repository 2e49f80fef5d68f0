using System.Globalization;
using ClinicBlazor.App.Shared.Downloads;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;

namespace ClinicBlazor.App.Security;

/// <summary>The alerts that the security page shows, as a file: all of them, and not one page.</summary>
public static class AlertDownload
{
    /// <summary>Where the file is asked for, with the filter of the page behind it.</summary>
    public const string Path = "/security/export";

    private static readonly CsvFile<AlertRow> File = new("alerts", Permission.AlertRead, Head, Lines);

    /// <summary>The first line: names of the fields, the same in every language.</summary>
    internal static string Head => Csv.Line(
        ["id", "first_utc", "last_utc", "kind", "severity", "count", "who", "subject", "address", "act", "acknowledged_utc",
            "acknowledged_by", "found"]);

    /// <summary>Maps it, for those who may read alerts.</summary>
    public static void MapAlertDownload(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, SendAsync).RequireAuthorization(nameof(Permission.AlertRead));

    /// <summary>The lines of some alerts.</summary>
    internal static string Lines(IEnumerable<AlertRow> rows) => string.Concat(rows.Select(row => Csv.Line(
    [
        $"{row.Id}", Csv.Moment(row.FirstAt), Csv.Moment(row.LastAt), $"{row.Kind}", $"{row.Severity}",
        row.Count.ToString(CultureInfo.InvariantCulture), row.Who, row.Subject, NetworkAddress.Shown(row.Address), $"{row.Act}",
        Csv.Moment(row.Acknowledgement?.At), row.Acknowledgement?.By, row.Acknowledgement?.Note,
    ])));

    private static Task SendAsync(HttpContext context, AlertService alerts)
    {
        var filter = AlertFilter.Read(context.Asked);
        if (filter.HasProblems)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return CsvDownload.SendAsync(context, File, (take, ct) => alerts.ReadAllAsync(context.Actor(), filter.Query, take, ct));
    }
}
