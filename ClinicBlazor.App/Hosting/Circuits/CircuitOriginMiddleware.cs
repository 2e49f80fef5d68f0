using ClinicBlazor.App.Hosting.Refusals;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// Lets circuits be opened from this site's own pages only. Browsers send cookies along with a foreign page's
/// WebSocket, and the framework does not look at the Origin, so that any page could start a circuit as its visitor.
/// </summary>
public sealed class CircuitOriginMiddleware(RequestDelegate next)
{
    /// <summary>Answers 403 to a circuit request whose Origin is missing or not this site.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || OwnOrigin.Is(request))
        {
            return next(context);
        }

        context.Refuse(SecurityFinding.ForeignOrigin, StatusCodes.Status403Forbidden);
        return Task.CompletedTask;
    }
}
