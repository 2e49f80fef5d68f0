namespace ClinicBlazor.App.Web;

/// <summary>Whether a request was made by a page of this site.</summary>
public static class OwnOrigin
{
    /// <summary>True when the Origin is exactly this site, and for a GET that the browser says comes from here.</summary>
    public static bool Is(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        var isOwn = origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

        // Browsers leave the Origin out of same-origin GET requests that are not WebSockets, and then say so otherwise.
        return isOwn || (origin.Count == 0 && !request.HttpContext.WebSockets.IsWebSocketRequest
            && HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"] == "same-origin");
    }
}
