using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ClinicBlazor.App.Web;

/// <summary>
/// Who sits at this page, asked anew for each operation. A component never keeps the answer: what the session row says
/// now is what counts.
/// </summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, SessionService sessions, NavigationManager navigation,
    TimeProvider time)
{
    /// <summary>Address of the page that an ended session leads to.</summary>
    public const string SignedOutPath = "/signed-out";

    /// <summary>
    /// The actor of this moment. When the session has ended, the browser is sent to the signed-out page and the answer
    /// is somebody who may do nothing.
    /// </summary>
    public async Task<Actor> GetAsync(CancellationToken ct = default)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        if (SessionPrincipal.Read(state.User) is not var (sessionId, client))
        {
            // Somebody, from somewhere; by no means the program itself, whose address opens what no person's does.
            return Actor.Anonymous(new ClientInfo("", ""));
        }

        if ((MessageSession.Take(sessionId, time)
            ?? await sessions.FindAsync(sessionId, client, ct)) is { Stage: SessionStage.Full } session)
        {
            return session.Actor;
        }

        navigation.NavigateTo(SignedOutPath, forceLoad: true);
        return Actor.Anonymous(client);
    }
}

/// <summary>Who asks, in a plain request.</summary>
public static class HttpContextExtensions
{
    /// <summary>Where the request came from.</summary>
    public static ClientInfo ClientInfo(this HttpContext context) =>
        new(NetworkAddress.Shown(context.Connection.RemoteIpAddress),
            Cut(context.Request.Headers.UserAgent.ToString()))
        { Browser = BrowserCookie.Read(context) };

    /// <summary>The actor of the request's session; somebody who is not signed in when there is none.</summary>
    public static Actor Actor(this HttpContext context) =>
        context.Features.Get<LiveSession>()?.Actor ?? Domain.Access.Actor.Anonymous(context.ClientInfo());

    /// <summary>A parameter of the request's address; null for none, and for an empty one.</summary>
    public static string? Asked(this HttpContext context, string parameter) =>
        context.Request.Query[parameter].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>
    /// True while the request's own session lives and still gives a permission: for an answer that takes longer than a moment.
    /// </summary>
    public static async Task<bool> IsStillAsync(this HttpContext context, SessionService sessions, Permission permission,
        CancellationToken ct) =>
        context.Actor() is { SessionId: { } id, Client: var client }
            && await sessions.FindAsync(id, client, ct) is { Stage: SessionStage.Full } session && session.Actor.May(permission);

    private static string Cut(string text) => text.Length <= 256 ? text : text[..256];
}
