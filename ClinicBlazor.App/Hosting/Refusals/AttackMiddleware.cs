using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Input;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// Recognises input that looks like an attack in addresses and forms, and has it recorded (requirement S4-08). It is never
/// a reason to refuse what a person means: a name, an address, a search. Where such text makes no sense at all, the
/// request is refused.
/// </summary>
public sealed class AttackMiddleware(RequestDelegate next, AttackRecorder recorder)
{
    private const string TypedFields = "Input.";

    /// <summary>What people type into the address of a list: words to search for.</summary>
    private static readonly HashSet<string> Searches = new(StringComparer.Ordinal) { "q", "who" };

    /// <summary>Answers 400 to an attack that can be nothing else; lets everything else on.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsNonsense(context.Request))
        {
            context.Refuse(SecurityFinding.AttackInput, StatusCodes.Status400BadRequest);
            await recorder.RecordAsync(context.Actor(), refused: true, context.RequestAborted);
            return;
        }

        if (IsTyped(context.Request))
        {
            await recorder.RecordAsync(context.Actor(), refused: false, context.RequestAborted);
        }

        await next(context);
    }

    private static bool IsNonsense(HttpRequest request) =>
        AttackSigns.In(request.Path.Value)
        || request.Query.Any(pair => AttackSigns.In(pair.Key) || (!Searches.Contains(pair.Key) && pair.Value.Any(IsHidden)))
        || (HoldsForm(request) && request.Form.Any(field =>
            AttackSigns.In(field.Key)
                || (!field.Key.StartsWith(TypedFields, StringComparison.Ordinal) && field.Value.Any(AttackSigns.In))));

    private static bool IsTyped(HttpRequest request) =>
        request.Query.Any(pair => Searches.Contains(pair.Key) && pair.Value.Any(AttackSigns.In))
        || (HoldsForm(request) && request.Form.Any(field => IsTypedField(field.Key) && field.Value.Any(AttackSigns.In)));

    // A password may be anything, and is shown nowhere.
    private static bool IsTypedField(string name) =>
        name.StartsWith(TypedFields, StringComparison.Ordinal) && !name.Contains("Password", StringComparison.Ordinal)
            && !name.EndsWith("Proof", StringComparison.Ordinal);

    private static bool HoldsForm(HttpRequest request) =>
        request.HasFormContentType && request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;

    /// <summary>True also for what is encoded once more than it need be.</summary>
    private static bool IsHidden(string? value) => AttackSigns.In(value) || AttackSigns.In(Uri.UnescapeDataString(value ?? ""));
}
