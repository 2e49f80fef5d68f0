using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticAssets;

namespace ClinicBlazor.App.Hosting;

/// <summary>Puts the security headers on every answer (requirement S3-02). Scripts run by this answer's nonce only.</summary>
public sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    /// <summary>The headers that are the same on every answer.</summary>
    public static IReadOnlyDictionary<string, string> Constant { get; } = new Dictionary<string, string>
    {
        ["X-Frame-Options"] = "DENY",
        ["X-Content-Type-Options"] = "nosniff",

        // Browsers dropped the filter that this header steered, because it opened holes; 0 keeps old ones from using it.
        ["X-XSS-Protection"] = "0",

        // Addresses hold ids: no other site gets any of them. "no-referrer" would make the Origin of form posts "null".
        ["Referrer-Policy"] = "same-origin",
        ["Permissions-Policy"] =
            "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), "
            + "hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), "
            + "publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
        ["Cross-Origin-Embedder-Policy"] = "require-corp",
        ["Origin-Agent-Cluster"] = "?1",
        ["X-Permitted-Cross-Domain-Policies"] = "none",
    };

    private static readonly object NonceKey = new();

    private static readonly object StyleAttributesKey = new();

    private static readonly object ForeignFileKey = new();

    /// <summary>The nonce of this answer, for the script tags that the application writes.</summary>
    public static string Nonce(HttpContext context) => (string)context.Items[NonceKey]!;

    /// <summary>
    /// Lets elements of this answer carry a style attribute, which MudBlazor positions its parts with; style elements stay
    /// refused. For documents of staff: navigation inside a circuit loads no other document, so the person decides, not the page.
    /// </summary>
    public static void AllowStyleAttributes(HttpContext context) => context.Items[StyleAttributesKey] = true;

    /// <summary>
    /// Says that this answer is a file that somebody brought, and no part of the site: whatever it holds, nothing of it runs here,
    /// loads anything or is shown inside a page.
    /// </summary>
    public static void ConfineFile(HttpContext context) => context.Items[ForeignFileKey] = true;

    /// <summary>Sets the headers when the answer starts, so that nothing later leaves them out.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Items[NonceKey] = nonce;
        context.Response.OnStarting(() =>
        {
            Write(context, nonce);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Write(HttpContext context, string nonce)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Items.ContainsKey(ForeignFileKey)
            ? "sandbox; default-src 'none'; frame-ancestors 'none'"
            : $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; {StyleAttributes(context)}"
            + "img-src 'self'; connect-src 'self'; font-src 'self'; "
            + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'";
        foreach (var (name, value) in Constant)
        {
            headers[name] = value;
        }

        // A file of the application says for itself how long it lasts; everything else is somebody's, whatever it says.
        if (!IsFile(context))
        {
            headers.CacheControl = "no-store";
        }
    }

    private static string StyleAttributes(HttpContext context) =>
        context.Items.ContainsKey(StyleAttributesKey) ? "style-src-attr 'unsafe-inline'; " : "";

    private static bool IsFile(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        && context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent
            or StatusCodes.Status304NotModified;
}
