using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Web;

/// <summary>The cookie that names a session. It goes when the browser closes.</summary>
public static class SessionCookie
{
    private static readonly ClinicCookie Cookie = new("clinic-session", SameSiteMode.Lax);

    /// <summary>The token in the request's cookie; null when there is none.</summary>
    public static string? Read(HttpContext context) => Cookie.ReadToken(context);

    /// <summary>Sets the cookie of a session that was just begun.</summary>
    public static void Write(HttpContext context, StartedSession session) => Cookie.Write(context, session.Token);

    /// <summary>Takes the cookie away.</summary>
    public static void Delete(HttpContext context) => Cookie.Delete(context);
}
