namespace ClinicBlazor.Domain.Access;

/// <summary>Where a request came from, for the audit trail.</summary>
/// <param name="Address">Network address of the client.</param>
/// <param name="UserAgent">What the client calls itself, cut to 256 characters.</param>
public sealed record ClientInfo(string Address, string UserAgent)
{
    /// <summary>By what the browser may be known from an earlier sign-in; null where there is no such cookie, and in circuits.</summary>
    public BrowserToken? Browser { get; init; }

    /// <summary>The program itself: start-up, commands, background work.</summary>
    public static ClientInfo Local { get; } = new("local", "ClinicBlazor");

    /// <summary>True when <paramref name="other"/> is the same browser at the same network address.</summary>
    public bool IsSamePlace(ClientInfo other) =>
        string.Equals(UserAgent, other.UserAgent, StringComparison.Ordinal) && NetworkAddress.AreSame(Address, other.Address);
}

/// <summary>
/// Who asks, right now. Made anew for each operation from the session row, so that an ended session, a deactivated
/// account or a changed role bites at the next click. Only the domain can make one that holds a role.
/// </summary>
public sealed class Actor
{
    internal Actor(Guid? accountId, Guid? sessionId, Roles roles, Guid? patientId, string displayName, ClientInfo client,
        DateTimeOffset provedAt = default) =>
        (AccountId, SessionId, Roles, PatientId, DisplayName, Client, ProvedAt) = (accountId, sessionId, roles, patientId, displayName,
            client, provedAt);

    private Actor(Actor same, CommandId? command, bool mustNameActs)
        : this(same.AccountId, same.SessionId, same.Roles, same.PatientId, same.DisplayName, same.Client, same.ProvedAt) =>
        (Command, MustNameActs) = (command, mustNameActs);

    /// <summary>The account; null for somebody who is not signed in.</summary>
    public Guid? AccountId { get; }

    /// <summary>The session; null for somebody who is not signed in.</summary>
    public Guid? SessionId { get; }

    /// <summary>The roles held at this moment.</summary>
    public Roles Roles { get; }

    /// <summary>The patient this account was linked to; null for staff and for accounts not linked yet.</summary>
    public Guid? PatientId { get; }

    /// <summary>Name to greet and to sign with.</summary>
    public string DisplayName { get; }

    /// <summary>Where the request came from.</summary>
    public ClientInfo Client { get; }

    /// <summary>When the person last proved who they are, with the password or a code.</summary>
    internal DateTimeOffset ProvedAt { get; }

    /// <summary>Which act this is, so that it is done once; null for what only reads, and where nothing comes twice.</summary>
    internal CommandId? Command { get; }

    /// <summary>
    /// True for somebody at an open page, where a key can be held and a click can come twice: what they change has a
    /// name.
    /// </summary>
    internal bool MustNameActs { get; }

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Anonymous(ClientInfo client) => new(null, null, Roles.None, null, "", client);

    /// <summary>The same person, carrying out the one act that <paramref name="command"/> names.</summary>
    public Actor Doing(CommandId command) => new(this, command, MustNameActs);

    /// <summary>The same person at an open page.</summary>
    internal Actor AtAPage() => new(this, Command, mustNameActs: true);

    /// <summary>True when this person has the permission for anybody's data at all; the service decides for whose.</summary>
    public bool May(Permission permission) => AccessPolicy.Allows(Roles, permission);
}
