using Microsoft.AspNetCore.Diagnostics;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>Looks at each request once it is answered: a refusal is logged as a finding, a slow one by its route.</summary>
public sealed partial class AnswerWatchMiddleware(RequestDelegate next, SecurityLog security, TimeProvider time,
    ILogger<AnswerWatchMiddleware> log)
{
    /// <summary>From how long on a request counts as slow (requirement S4-09).</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>Passes the request on and looks at its end.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        await next(context);
        if (context.Features.Get<Refusal>() is { } refusal)
        {
            security.Refused(refusal.Finding, context.Response.StatusCode);
        }

        // A circuit's socket and its long polls last as long as the page is open.
        var elapsed = time.GetElapsedTime(started);
        if (elapsed > Slow && !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
        {
            LogSlow(context.Request.Method, RouteOf(context), (long)elapsed.TotalMilliseconds);
        }
    }

    // The route, not the address: that holds ids and what was searched for. A fault takes the endpoint away.
    private static string RouteOf(HttpContext context) =>
        ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText
            ?? "(none)";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow request: {HttpMethod} {Route} took {Milliseconds} ms")]
    private partial void LogSlow(string httpMethod, string route, long milliseconds);
}
