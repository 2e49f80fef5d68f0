using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Web;

/// <summary>
/// The cookie by which a browser is known again where somebody was signed in completely (OWASP, device cookies). It
/// signs nobody in.
/// </summary>
public static class BrowserCookie
{
    private static readonly ClinicCookie Cookie = new("clinic-browser", SameSiteMode.Strict, TimeSpan.FromDays(KnownBrowsers.Days));

    /// <summary>The token in the request's cookie; null when there is none.</summary>
    public static BrowserToken? Read(HttpContext context) => Cookie.ReadToken(context) is { } token ? new BrowserToken(token) : null;

    /// <summary>Sets the cookie after a complete sign-in; null leaves it as it is.</summary>
    public static void Write(HttpContext context, BrowserToken? token)
    {
        if (token is not null)
        {
            Cookie.Write(context, token.Value);
        }
    }
}
