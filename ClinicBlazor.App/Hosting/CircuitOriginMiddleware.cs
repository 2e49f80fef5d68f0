namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Lets circuits be opened from this site's own pages only. Browsers send cookies along with a foreign page's
/// WebSocket, and the framework does not look at the Origin, so that any page could start a circuit as its visitor.
/// </summary>
public sealed partial class CircuitOriginMiddleware(RequestDelegate next, ILogger<CircuitOriginMiddleware> log)
{
    /// <summary>Answers 403 to a circuit request whose Origin is missing or not this site.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || IsOwn(request))
        {
            return next(context);
        }

        LogForeign(context.TraceIdentifier);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        var isOwn = origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

        // Browsers leave the Origin out of same-origin GET requests that are not WebSockets, and then say so otherwise.
        return isOwn || (origin.Count == 0 && !request.HttpContext.WebSockets.IsWebSocketRequest
            && HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"] == "same-origin");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit request from a foreign origin was refused ({RequestId})")]
    private partial void LogForeign(string requestId);
}
