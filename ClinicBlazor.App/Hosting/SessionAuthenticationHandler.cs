using System.Text.Encodings.Web;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Authentication by the server-side session: the cookie holds a random token and nothing else, and each request asks
/// the session row who that is.
/// </summary>
public sealed class SessionAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionService sessions,
        SessionActivity activity, PageRefusal refusal)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
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
        return AuthenticateResult.Success(new AuthenticationTicket(SessionPrincipal.Of(session), SessionPrincipal.SchemeName));
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
        || (HttpMethods.IsPost(request.Method) && request.HasFormContentType
            && request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate");

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
