using System.Security.Claims;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Web;

/// <summary>
/// A session as the framework's principal. It decides how pages look; what may be done is asked of the session row each
/// time.
/// </summary>
public static class SessionPrincipal
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Session";

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
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName, "name", ClaimTypes.Role));
    }

    /// <summary>The session's id and the client, as a circuit remembers them; null for somebody who is not signed in.</summary>
    public static (Guid SessionId, ClientInfo Client)? Read(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(SessionId), out var id)
            ? (id, new ClientInfo(principal.FindFirstValue(Address) ?? "", principal.FindFirstValue(UserAgent) ?? ""))
            : null;
}
