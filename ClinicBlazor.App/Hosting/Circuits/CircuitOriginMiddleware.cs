using ClinicBlazor.App.Hosting.Refusals;
using ClinicBlazor.App.Web;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// Lets circuits be opened from this site's own pages only, and over WebSockets only. Browsers send cookies along with a
/// foreign page's WebSocket, and the framework does not look at the Origin, so that any page could start a circuit as its
/// visitor. Long polling trusts the token in its address alone: another account that knew it could read and drive the
/// circuit.
/// </summary>
public sealed class CircuitOriginMiddleware(RequestDelegate next)
{
    private const string Hub = "/_blazor";

    /// <summary>
    /// Answers 403 to a circuit request whose Origin is missing or not this site, 404 to a connection that is no
    /// WebSocket.
    /// </summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(Hub, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        if (!OwnOrigin.Is(request))
        {
            context.Refuse(SecurityFinding.ForeignOrigin, StatusCodes.Status403Forbidden);
            return Task.CompletedTask;
        }

        if (IsConnection(request) && !context.WebSockets.IsWebSocketRequest)
        {
            context.Refuse(SecurityFinding.CircuitTransport, StatusCodes.Status404NotFound);
            return Task.CompletedTask;
        }

        return next(context);
    }

    // Beside the connection itself there is what prepares it and what says goodbye, each under an address of its own.
    private static bool IsConnection(HttpRequest request) =>
        string.Equals(request.Path.Value!.TrimEnd('/'), Hub, StringComparison.OrdinalIgnoreCase);
}
