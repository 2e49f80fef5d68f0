using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Antiforgery;

namespace ClinicBlazor.App.Describe;

/// <summary>
/// Takes what was typed while there was no connection, when the circuit did not outlive the gap: what no circuit can
/// carry any more comes as a plain post and goes into the draft, before the page opens again.
/// </summary>
public static class UnsentAnswers
{
    private const string Path = "/records/new/unsent";

    /// <summary>The address for the answers about a patient; a text box names it in <c>data-unsent</c>.</summary>
    public static string AddressFor(Guid patientId) => $"{Path}/{patientId}";

    /// <summary>Maps the address. The form's antiforgery field is checked like that of any other.</summary>
    public static void MapUnsentAnswers(this IEndpointRouteBuilder app) =>
        app.MapPost(Path + "/{patientId:guid}", KeepAsync)
            .RequireAuthorization(nameof(Permission.RecordDescribe))
            .WithMetadata(new RequireAntiforgeryTokenAttribute());

    private static async Task<IResult> KeepAsync(HttpContext context, Guid patientId, DraftService drafts, CancellationToken ct)
    {
        // The framework leaves it to whoever reads a form to look at what antiforgery found.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true } || !context.Request.HasFormContentType)
        {
            return Results.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(ct);
        var actor = context.Actor();
        var draft = await drafts.FindAsync(actor, patientId, DraftService.NewRecordForm, ct);
        if (!draft.IsSuccess)
        {
            return Results.NotFound();
        }

        var answers = draft.Value is { } found ? ProblemAnswers.FromDraft(found.Body) : new ProblemAnswers();
        answers.Symptoms = (string?)form[ProblemCheck.SymptomsId] ?? answers.Symptoms;
        answers.ModifyingFactors = (string?)form[ProblemCheck.ModifyingFactorsId] ?? answers.ModifyingFactors;
        var saved = await drafts.SaveAsync(actor, patientId, DraftService.NewRecordForm, answers.ToDraft(), ct);
        return saved.IsSuccess ? Results.NoContent() : Results.BadRequest();
    }
}
