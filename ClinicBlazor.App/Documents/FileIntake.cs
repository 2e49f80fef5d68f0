using ClinicBlazor.App.Hosting.Refusals;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Localization;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace ClinicBlazor.App.Documents;

/// <summary>What is answered to a file that was taken.</summary>
/// <param name="Id">The document.</param>
/// <param name="Name">Its name.</param>
internal sealed record TakenDocument(Guid Id, string Name);

/// <summary>What is answered to a file that was not taken.</summary>
/// <param name="Message">Why, in the language of whoever sent it.</param>
internal sealed record RefusedDocument(string Message);

/// <summary>Takes a file: the body of the request, as it is, part by part, and nothing else.</summary>
internal static class FileIntake
{
    // Slower than this a line carries no file within a sign-in; whoever holds it holds it on purpose.
    private const double BytesPerSecond = 8 * 1024;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    // The server holds the rate above per request on HTTP/1.1 alone; this holds on every line. It is also how long a file that
    // is on its way can keep a session from lying idle.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(DocumentService.MostBytes / BytesPerSecond);

    /// <summary>
    /// Answers 201 with the document; 400 or 413 with the reason, 404 for a patient, record or visit that is not there for this
    /// person, 401 when the session has ended meanwhile, 408 to a line that is too slow.
    /// </summary>
    public static async Task<IResult> TakeAsync(HttpContext context, DocumentService documents, SessionService sessions,
        SessionActivity activity, AttackRecorder attacks, IStringLocalizer<DocumentsText> words, TimeProvider clock)
    {
        // The framework leaves it to whoever reads a body to look at what antiforgery found.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true } || DocumentRequest.Of(context.Request) is not
            { } request)
        {
            return Results.BadRequest();
        }

        if (context.Request.ContentLength > DocumentService.MostBytes)
        {
            return TooLarge(words);
        }

        var actor = context.Actor();
        if (AttackSigns.In(request.Document.FileName))
        {
            await attacks.RecordAsync(actor, refused: false, context.RequestAborted);
        }

        HoldRate(context);
        using var limit = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        await using var body = new UploadBody(context, sessions, activity, clock);
        try
        {
            return Answer(await documents.AddAsync(actor.Doing(request.Command), request.Document, body, either.Token), words);
        }
        catch (SessionOverException)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(words) : Results.StatusCode(refused.StatusCode);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status408RequestTimeout);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whoever sent it is gone, and nobody is there to be answered.
            return Results.Empty;
        }
    }

    private static IResult Answer(Result<DocumentRow> result, IStringLocalizer<DocumentsText> words) => result.Error switch
    {
        null => Results.Created(DocumentEndpoints.AddressOf(result.Value.Id), new TakenDocument(result.Value.Id, result.Value.FileName)),
        { Kind: ErrorKind.Invalid, Fields: [var field, ..] } =>
            Refused(words[field.Message.Text, field.Message.Args], StatusCodes.Status400BadRequest),
        _ => Results.NotFound(),
    };

    private static IResult TooLarge(IStringLocalizer<DocumentsText> words) =>
        Refused(DocumentWords.TooLarge(words), StatusCodes.Status413PayloadTooLarge);

    private static IResult Refused(string message, int status) => Results.Json(new RefusedDocument(message), statusCode: status);

    private static void HoldRate(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol)
            && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new MinDataRate(BytesPerSecond, Grace);
        }
    }
}
