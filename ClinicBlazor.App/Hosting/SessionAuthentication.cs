using System.Security.Claims;
using System.Text.Encodings.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Authentication by the server-side session: the cookie holds a random token and nothing else, and each request asks
/// the session row who that is.
/// </summary>
public sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionService sessions, SessionActivity activity, PageRefusal refusal)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Session";

    private const string LoginPath = "/Identity/Account/Login";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionCookie.Read(Context) is not { } token
            || await sessions.FindAsync(token, Context.ClientInfo(), Context.RequestAborted) is not { } session)
        {
            return AuthenticateResult.NoResult();
        }

        if (IsPersons(Request))
        {
            activity.Mark(session.Actor.SessionId!.Value);
            session = session with { LastActivityAt = TimeProvider.GetUtcNow() };
        }

        Context.Features.Set(session);
        return AuthenticateResult.Success(new AuthenticationTicket(SessionPrincipal.Of(session), SchemeName));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Only a page that somebody opens leads to the sign-in; a circuit or a file just gets its status.
        if (!HttpMethods.IsGet(Request.Method) || Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var stage = Context.Features.Get<LiveSession>()?.Stage;
        var target = stage switch
        {
            SessionStage.AwaitingSecondFactor => "/Identity/Account/LoginWith2fa",
            SessionStage.AwaitingEnrolment => "/Identity/Account/Manage/EnableAuthenticator",
            _ => LoginPath,
        };
        var returnUrl = $"{Request.PathBase}{Request.Path}{Request.QueryString}";
        Response.Redirect(returnUrl == "/" ? target : $"{target}?returnUrl={Uri.EscapeDataString(returnUrl)}");
        return Task.CompletedTask;
    }

    // Browsers say of a page that somebody opened it, and not a script or a refresh; a form is sent by somebody.
    private static bool IsPersons(HttpRequest request) =>
        request.Headers["Sec-Fetch-User"] == "?1"
        || (HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate");

    /// <inheritdoc />
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        // A session that is not complete lacks every role; it is led on to what completes it.
        if (Context.Features.Get<LiveSession>()?.Stage is not SessionStage.Full)
        {
            await HandleChallengeAsync(properties);
            return;
        }

        Response.StatusCode = await refusal.StatusAsync(Context);
    }
}

/// <summary>The cookie that names a session.</summary>
public static class SessionCookie
{
    private const string SecureName = "__Host-clinic-session";
    private const string PlainName = "clinic-session";

    /// <summary>The token in the request's cookie; null when there is none.</summary>
    public static string? Read(HttpContext context) =>
        context.Request.Cookies[Name(context)] is { Length: > 20 and < 100 } token ? token : null;

    /// <summary>Sets the cookie of a session that was just begun. It goes when the browser closes.</summary>
    public static void Write(HttpContext context, StartedSession session) =>
        context.Response.Cookies.Append(Name(context), session.Token, Options(context));

    /// <summary>Takes the cookie away.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name(context), Options(context));

    // The prefix asks for a secure connection; plain HTTP exists in Development only.
    private static string Name(HttpContext context) => context.Request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}

/// <summary>A session as the framework's principal. It decides how pages look; what may be done is asked of the session row each time.</summary>
public static class SessionPrincipal
{
    /// <summary>Claim with the session's id.</summary>
    public const string SessionId = "sid";

    private const string Address = "address";
    private const string UserAgent = "user-agent";

    /// <summary>The principal of a session. Roles are there only once the sign-in is complete.</summary>
    public static ClaimsPrincipal Of(LiveSession session)
    {
        var actor = session.Actor;
        Claim[] claims =
        [
            new(ClaimTypes.NameIdentifier, actor.AccountId!.Value.ToString()),
            new(SessionId, actor.SessionId!.Value.ToString()),
            new("name", actor.DisplayName),
            new(Address, actor.Client.Address),
            new(UserAgent, actor.Client.UserAgent),
            .. actor.Roles.Each().Select(role => new Claim(ClaimTypes.Role, role.ToString())),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SessionAuthenticationHandler.SchemeName, "name", ClaimTypes.Role));
    }

    /// <summary>The session's id and the client, as a circuit remembers them; null for somebody who is not signed in.</summary>
    public static (Guid SessionId, ClientInfo Client)? Read(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(SessionId), out var id)
            ? (id, new ClientInfo(principal.FindFirstValue(Address) ?? "", principal.FindFirstValue(UserAgent) ?? ""))
            : null;
}
