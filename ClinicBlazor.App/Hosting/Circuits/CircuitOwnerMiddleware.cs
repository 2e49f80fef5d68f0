using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Components.Endpoints;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// What concerns circuits and comes as a plain request: a browser that says goodbye to its circuit when it leaves the
/// page, and a page that would need one more circuit than an account may have.
/// </summary>
public sealed partial class CircuitOwnerMiddleware(RequestDelegate next, OpenCircuits circuits, ILogger<CircuitOwnerMiddleware> log)
{
    private static readonly PathString Goodbye = new("/_blazor/disconnect");

    /// <summary>Lets only a circuit's owner end it, and answers 429 to one page too many.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var session = context.Features.Get<LiveSession>();
        if (context.Request.Path.Equals(Goodbye, StringComparison.OrdinalIgnoreCase) && !await IsOwnerAsync(context.Request, session))
        {
            LogNotOwner(context.TraceIdentifier);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (session?.Actor.AccountId is { } account && circuits.CountOf(account) >= CircuitGuard.MostPerAccount && NeedsCircuit(context))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        await next(context);
    }

    private static bool NeedsCircuit(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private async Task<bool> IsOwnerAsync(HttpRequest request, LiveSession? session) =>
        request.HasFormContentType && (await request.ReadFormAsync(request.HttpContext.RequestAborted))["circuitId"] is [{ } secret]
        && session?.Actor.SessionId is { } sessionId && circuits.OwnerOf(secret)?.SessionId == sessionId;

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Somebody other than its owner, or nobody, asked to end a circuit ({RequestId})")]
    private partial void LogNotOwner(string requestId);
}
