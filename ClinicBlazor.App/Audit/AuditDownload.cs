using System.Globalization;
using System.Text;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Security;

namespace ClinicBlazor.App.Audit;

/// <summary>The entries that the audit page shows, as a file: all of them, and not one page.</summary>
public static class AuditDownload
{
    /// <summary>Where the file is asked for, with the filter of the page behind it.</summary>
    public const string Path = "/audit/export";

    /// <summary>Maps it, for those who may read the trail.</summary>
    public static void MapAuditDownload(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, SendAsync).RequireAuthorization(nameof(Permission.AuditRead));

    // Sent part by part: nothing of it is kept, however long it is.
    private static async Task SendAsync(HttpContext context, AuditExport export, SessionService sessions, TimeProvider clock)
    {
        var filter = AuditFilter.Read(name => context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null);
        if (filter.HasProblems)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var ct = context.RequestAborted;
        var result = await export.ReadAllAsync(context.Actor(), filter.Query, async rows =>
        {
            if (!context.Response.HasStarted)
            {
                Begin(context.Response, clock.GetUtcNow());
                await context.Response.WriteAsync('\uFEFF' + AuditCsv.Head, Encoding.UTF8, ct);
            }
            else if (!await context.IsStillAsync(sessions, Permission.AuditRead, ct))
            {
                // A long file outlives what its reader may do no longer than one part.
                context.Abort();
                ct.ThrowIfCancellationRequested();
            }

            await context.Response.WriteAsync(AuditCsv.Lines(rows), Encoding.UTF8, ct);
        }, ct);
        if (!result.IsSuccess && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (!result.IsSuccess)
        {
            // Half a file must not look like a whole one.
            context.Abort();
        }
    }

    private static void Begin(HttpResponse response, DateTimeOffset now)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition =
            string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"audit-{now:yyyyMMdd-HHmm}-utc.csv\"");
    }
}
