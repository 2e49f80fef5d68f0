using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Antiforgery;

namespace ClinicBlazor.App.Shared.Unsent;

/// <summary>
/// Takes what was typed while there was no connection, when the circuit did not outlive the gap: what no circuit can carry any
/// more comes as a plain post and goes into the draft, before the page opens again.
/// </summary>
internal static class UnsentEndpoints
{
    // The form's other windows save about once a second: whoever meets one of them twice in a row comes again later.
    private const int Tries = 3;

    /// <summary>Maps the address of a form. The antiforgery field is checked like that of any other post.</summary>
    public static void MapUnsent(this IEndpointRouteBuilder app, UnsentForm form) =>
        app.MapPost($"{UnsentDraft.Path}/{form.Kind}{form.Route}", (HttpContext context, CancellationToken ct) =>
                KeepAsync(context, form, ct))
            .RequireAuthorization(form.Permission.ToString())
            .WithMetadata(new RequireAntiforgeryTokenAttribute());

    private static async Task<IResult> KeepAsync(HttpContext context, UnsentForm form, CancellationToken ct)
    {
        // The framework leaves it to whoever reads a form to look at what antiforgery found.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true } || !context.Request.HasFormContentType
            || UnsentDraft.Of(form.Kind, context.Request) is not { } draft)
        {
            return Results.BadRequest();
        }

        var fields = new UnsentFields(await context.Request.ReadFormAsync(ct), draft.Line);
        for (var i = 0; i < Tries; i++)
        {
            var found = await form.FindAsync(context, draft, ct);
            if (!found.IsSuccess)
            {
                return Results.NotFound();
            }

            var mine = form.Take(found.Value?.Unsent ?? found.Value?.Body, fields, context.RequestServices);
            if (UnsentChoice.Of(found.Value, mine, draft.Over) is not { } text)
            {
                return Results.Conflict();
            }

            if (found.Value is { } standing && text == new DraftText(standing.Body, standing.Unsent))
            {
                return Results.NoContent();
            }

            var saved = await form.SaveOverAsync(context, draft, text, found.Value?.SavedAt, ct);
            if (saved.Error?.Kind != ErrorKind.Conflict)
            {
                return saved.Error?.Kind switch
                {
                    null => Results.NoContent(),

                    // Too long for a draft: the page says so, and goes on showing it.
                    ErrorKind.Invalid => Results.Conflict(),
                    _ => Results.NotFound(),
                };
            }
        }

        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
