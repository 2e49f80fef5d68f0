using System.Globalization;
using System.Text;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Shared.Downloads;

/// <summary>A file of comma-separated values, and who may have it.</summary>
/// <param name="Name">The beginning of its name; the moment and the ending are added.</param>
/// <param name="Needs">The permission that its reader must have, and keep until its end.</param>
/// <param name="Head">The first line: names of the fields, the same in every language.</param>
/// <param name="Lines">The lines of some rows.</param>
internal sealed record CsvFile<TRow>(string Name, Permission Needs, string Head, Func<IReadOnlyList<TRow>, string> Lines);

/// <summary>Sends a long list as a file.</summary>
internal static class CsvDownload
{
    /// <summary>
    /// Sends the file part by part: nothing of it is kept, however long it is. What is refused before the first part is 403; a file
    /// that cannot be finished is broken off, as half of one must not look like a whole one.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="file">The file.</param>
    /// <param name="readAll">Gives all rows to what it is handed, one part after the other.</param>
    public static async Task SendAsync<TRow>(HttpContext context, CsvFile<TRow> file,
        Func<Func<IReadOnlyList<TRow>, Task>, CancellationToken, Task<Result<long>>> readAll)
    {
        var (response, ct) = (context.Response, context.RequestAborted);
        var services = context.RequestServices;
        var sessions = services.GetRequiredService<SessionService>();
        var result = await readAll(async rows =>
        {
            if (!response.HasStarted)
            {
                Begin(response, file.Name, services.GetRequiredService<TimeProvider>().GetUtcNow());
                await response.WriteAsync('\uFEFF' + file.Head, Encoding.UTF8, ct);
            }
            else if (!await context.IsStillAsync(sessions, file.Needs, ct))
            {
                // A long file outlives what its reader may do no longer than one part.
                context.Abort();
                ct.ThrowIfCancellationRequested();
            }

            await response.WriteAsync(file.Lines(rows), Encoding.UTF8, ct);
        }, ct);
        if (!result.IsSuccess && !response.HasStarted)
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (!result.IsSuccess)
        {
            context.Abort();
        }
    }

    private static void Begin(HttpResponse response, string name, DateTimeOffset now)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition =
            string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{name}-{now:yyyyMMdd-HHmm}-utc.csv\"");
    }
}
