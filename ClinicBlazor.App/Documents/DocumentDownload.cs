using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using Microsoft.Net.Http.Headers;

namespace ClinicBlazor.App.Documents;

/// <summary>
/// Gives a document out, part by part. It is saved and never shown inside the site: whoever brought it wrote it, and none of it may
/// act here.
/// </summary>
internal static class DocumentDownload
{
    private const int BufferBytes = 64 * 1024;

    // After each of these the session is asked again.
    private const int PartBytes = 4 * BufferBytes;

    /// <summary>The file itself.</summary>
    public static async Task SendAsync(HttpContext context, Guid id, DocumentService documents, SessionService sessions) =>
        await SendAsync(context, await documents.OpenAsync(context.Actor(), id, context.RequestAborted), "attachment", sessions);

    /// <summary>Its small picture, for the list.</summary>
    public static async Task SendThumbnailAsync(HttpContext context, Guid id, DocumentService documents, SessionService sessions) =>
        await SendAsync(context, await documents.OpenThumbnailAsync(context.Actor(), id, context.RequestAborted), "inline", sessions);

    private static async Task SendAsync(HttpContext context, Result<DocumentContent> result, string disposition, SessionService sessions)
    {
        if (!result.IsSuccess)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using var content = result.Value;
        Begin(context, content, disposition);
        var ct = context.RequestAborted;
        var buffer = new byte[BufferBytes];
        var sinceAsked = 0;
        for (int read; (read = await content.Plain.ReadAsync(buffer, ct)) > 0; sinceAsked += read)
        {
            if (sinceAsked >= PartBytes)
            {
                sinceAsked = 0;
                if (!await context.IsStillAsync(sessions, Permission.DocumentRead, ct))
                {
                    // A long file outlives what its reader may do no longer than one part.
                    context.Abort();
                    ct.ThrowIfCancellationRequested();
                }
            }

            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private static void Begin(HttpContext context, DocumentContent content, string disposition)
    {
        SecurityHeadersMiddleware.ConfineFile(context);
        var name = new ContentDispositionHeaderValue(disposition);

        // RFC 6266 with RFC 8187: both forms of the name. A name is no path, whatever it was called where it came from.
        name.SetHttpFileName(content.FileName.Replace('/', '_').Replace('\\', '_'));
        var response = context.Response;
        response.Headers.ContentDisposition = name.ToString();
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLength = content.Bytes;
        response.ContentType = TypeOf(content.Format);
    }

    private static string TypeOf(DocumentFormat format) => format switch
    {
        DocumentFormat.Pdf => "application/pdf",
        DocumentFormat.Jpeg => "image/jpeg",
        DocumentFormat.Png => "image/png",
        DocumentFormat.PlainText => "text/plain; charset=utf-8",
    };
}
