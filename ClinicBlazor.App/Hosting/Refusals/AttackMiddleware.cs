using System.Threading.RateLimiting;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// Refuses addresses and forms that look like an attack (requirement S4-08). What people type into the fields of a
/// form goes on to the domain, which answers beside the field; the rest of a form is the page's own and no prose.
/// </summary>
public sealed class AttackMiddleware(RequestDelegate next, AttackReport report) : IDisposable
{
    private const string TypedFields = "Input.";
    private const int EntriesPerMinute = 30;

    // The log has a line for each attack; whoever sends thousands must not fill the audit trail with them.
    private readonly PartitionedRateLimiter<HttpContext> entries = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            context.ClientInfo().Address, _ => new FixedWindowRateLimiterOptions { PermitLimit = EntriesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <inheritdoc/>
    public void Dispose() => entries.Dispose();

    /// <summary>Answers 400 to an attack, and has it taken down.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsAttack(context.Request))
        {
            await next(context);
            return;
        }

        context.Refuse(SecurityFinding.AttackInput, StatusCodes.Status400BadRequest);
        using var lease = entries.AttemptAcquire(context);
        if (lease.IsAcquired)
        {
            await report.WriteAsync(context.Actor(), context.RequestAborted);
        }
    }

    private static bool IsAttack(HttpRequest request) =>
        AttackSigns.In(request.Path.Value) || request.Query.Any(pair => AttackSigns.In(pair.Key) || pair.Value.Any(IsHidden)) || HoldsAttack(request);

    private static bool HoldsAttack(HttpRequest request) =>
        request.HasFormContentType && request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null
        && request.Form.Any(field => AttackSigns.In(field.Key) || (!field.Key.StartsWith(TypedFields, StringComparison.Ordinal) && field.Value.Any(AttackSigns.In)));

    /// <summary>True also for what is encoded once more than it need be.</summary>
    private static bool IsHidden(string? value) => AttackSigns.In(value) || AttackSigns.In(Uri.UnescapeDataString(value ?? ""));
}
