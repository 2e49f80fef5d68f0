using ClinicBlazor.App.Shared.Downloads;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.Audit;

/// <summary>The entries that the audit page shows, as a file: all of them, and not one page.</summary>
public static class AuditDownload
{
    /// <summary>Where the file is asked for, with the filter of the page behind it.</summary>
    public const string Path = "/audit/export";

    private static readonly CsvFile<AuditRow> File = new("audit", Permission.AuditRead, AuditCsv.Head, AuditCsv.Lines);

    /// <summary>Maps it, for those who may read the trail.</summary>
    public static void MapAuditDownload(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, SendAsync).RequireAuthorization(nameof(Permission.AuditRead));

    private static Task SendAsync(HttpContext context, AuditExport export)
    {
        var filter = AuditFilter.Read(context.Asked);
        if (filter.HasProblems)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return CsvDownload.SendAsync(context, File, (take, ct) => export.ReadAllAsync(context.Actor(), filter.Query, take, ct));
    }
}
