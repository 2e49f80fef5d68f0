using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// The cookie by which a browser is known again where somebody was signed in completely (OWASP, device cookies). It
/// signs nobody in.
/// </summary>
public static class BrowserCookie
{
    private const string SecureName = "__Host-clinic-browser";
    private const string PlainName = "clinic-browser";

    /// <summary>The token in the request's cookie; null when there is none.</summary>
    public static BrowserToken? Read(HttpContext context) =>
        context.Request.Cookies[Name(context)] is { Length: > 20 and < 100 } token ? new BrowserToken(token) : null;

    /// <summary>Sets the cookie after a complete sign-in; null leaves it as it is.</summary>
    public static void Write(HttpContext context, BrowserToken? token)
    {
        if (token is not null)
        {
            context.Response.Cookies.Append(Name(context), token.Value, new CookieOptions
            {
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Strict,
                Path = "/",
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(KnownBrowsers.Days),
            });
        }
    }

    // The prefix asks for a secure connection; plain HTTP exists in Development only.
    private static string Name(HttpContext context) => context.Request.IsHttps ? SecureName : PlainName;
}
