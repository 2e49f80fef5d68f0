using System.Security.Cryptography;

namespace ClinicBlazor.App.Hosting;

/// <summary>Puts the security headers on every answer. Scripts run by this answer's nonce only.</summary>
public sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private static readonly object NonceKey = new();

    /// <summary>The nonce of this answer, for the script tags that the application writes.</summary>
    public static string Nonce(HttpContext context) => (string)context.Items[NonceKey]!;

    /// <summary>Sets the headers when the answer starts, so that nothing later leaves them out.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Items[NonceKey] = nonce;
        context.Response.OnStarting(() =>
        {
            Write(context.Response.Headers, nonce);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Write(IHeaderDictionary headers, string nonce)
    {
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
            + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers.XXSSProtection = "0";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Static files say for themselves how long they last; everything else is somebody's.
        if (headers.CacheControl.Count == 0 || !headers.CacheControl.ToString().Contains("max-age", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-store";
        }
    }
}
