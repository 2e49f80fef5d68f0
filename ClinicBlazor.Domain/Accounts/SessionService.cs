using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>A living session: who it is, how far the sign-in has come, and how long it lasts.</summary>
/// <param name="Actor">Who; holds roles only at <see cref="SessionStage.Full"/>.</param>
/// <param name="Stage">How far.</param>
/// <param name="LastActivityAt">When its person last did something.</param>
/// <param name="IdleLimit">How long it may lie idle.</param>
/// <param name="ExpiresAt">When it ends whatever anybody does.</param>
public sealed record LiveSession(Actor Actor, SessionStage Stage, DateTimeOffset LastActivityAt, TimeSpan IdleLimit,
    DateTimeOffset ExpiresAt)
{
    /// <summary>When it ends if nobody does anything any more.</summary>
    public DateTimeOffset EndsAt => LastActivityAt + IdleLimit < ExpiresAt ? LastActivityAt + IdleLimit : ExpiresAt;
}

/// <summary>A session that was just begun.</summary>
/// <param name="Token">The secret for the cookie; nowhere else and never again to be had.</param>
/// <param name="Stage">How far the sign-in has come.</param>
/// <param name="ExpiresAt">When the session ends at the latest.</param>
public sealed record StartedSession(string Token, SessionStage Stage, DateTimeOffset ExpiresAt);

/// <summary>Begins, finds and ends sessions. The row is the truth: what is not found here is not signed in.</summary>
public sealed partial class SessionService(
    ClinicGate gate, TokenHasher tokens, SessionActivity activity, SessionEvents events, IOptions<ClinicSettings> settings,
        TimeProvider time,
    ILogger<SessionService> log)
{
    internal const string TokenPurpose = "session";

    /// <summary>
    /// The living session that a cookie's token names; null when there is none. One whose cookie comes from another
    /// network address or another browser than it began with is ended: whoever holds it signs in again.
    /// </summary>
    public async Task<LiveSession?> FindAsync(string token, ClientInfo client, CancellationToken ct)
    {
        var hash = tokens.Hash(TokenPurpose, token);
        Found? found;
        await using (var db = await gate.OpenAccountsAsync(ct))
        {
            found = await LiveAsync(db.Set<Session>().Where(session => session.TokenHash == hash), db, client, ct);
        }

        if (found is null || found.Began.IsSamePlace(client))
        {
            return found?.Session;
        }

        await EndMovedAsync(found, client, ct);
        return null;
    }

    /// <summary>The living session with an id, for an open circuit; null when it has ended.</summary>
    public async Task<LiveSession?> FindAsync(Guid sessionId, ClientInfo client, CancellationToken ct)
    {
        await using var db = await gate.OpenAccountsAsync(ct);
        var found = await LiveAsync(db.Set<Session>().Where(session => session.Id == sessionId), db, client, ct);
        return found is null ? null : found.Session with { Actor = found.Session.Actor.AtAPage() };
    }

    /// <summary>
    /// Signs out: ends the actor's own session. Nothing cancels it: a browser that leaves while it signs out, which many do,
    /// must not leave the session open behind it.
    /// </summary>
    public async Task<Result<Done>> SignOutAsync(Actor actor)
    {
        await AnnounceEndAsync(actor, sessionId => sessionId == actor.SessionId, CancellationToken.None);
        return await gate.RunAsync<Done>(actor, new AccessRequest(Permission.SignIn, AuditAct.SignOut), async db =>
        {
            var session = await db.Set<Session>().AsTracking().SingleOrDefaultAsync(row => row.Id == actor.SessionId);
            session?.Revoke(SessionEnd.SignedOut, time.Now());
            return Done.Instance;
        }, CancellationToken.None, retry: true);
    }

    /// <summary>Lets the open pages of those sessions of the actor that are about to end save what they hold.</summary>
    internal async Task AnnounceEndAsync(Actor actor, Func<Guid, bool> ends, CancellationToken ct)
    {
        if (actor.AccountId is not { } accountId)
        {
            return;
        }

        List<Guid> living;
        await using (var db = await gate.OpenAccountsAsync(ct))
        {
            living = await Living(db, accountId).Select(session => session.Id).ToListAsync(ct);
        }

        await Task.WhenAll(living.Where(ends).Select(sessionId => events.AnnounceEndAsync(sessionId, ct)));
    }

    /// <summary>Begins a session in the transaction of <paramref name="db"/>.</summary>
    internal StartedSession Start(ClinicDbContext db, Account account, SessionStage stage, ClientInfo client)
    {
        var now = time.Now();
        var token = TokenHasher.NewToken();
        var expires = stage != SessionStage.Full ? now.AddMinutes(Session.PendingMinutes)
            : now.AddHours(account.IsStaff ? Session.StaffHours : Session.PatientHours);
        db.Set<Session>().Add(new Session
        {
            Id = time.NewId(),
            AccountId = account.Id,
            TokenHash = tokens.Hash(TokenPurpose, token),
            Stage = stage,
            Kind = account.IsStaff ? SessionKind.Staff : SessionKind.Patient,
            StartedAt = now,
            LastActivityAt = now,
            ProvedAt = now,
            ExpiresAt = expires,
            Address = client.Address,
            UserAgent = client.UserAgent,
        });
        return new StartedSession(token, stage, expires);
    }

    /// <summary>Ends all sessions of an account, but for one that may go on.</summary>
    internal async Task RevokeAllAsync(ClinicDbContext db, Guid accountId, SessionEnd end, Guid? except, CancellationToken ct)
    {
        var open = await db.Set<Session>().AsTracking().Where(session => session.AccountId == accountId && session.RevokedAt == null)
            .ToListAsync(ct);
        foreach (var session in open.Where(session => session.Id != except))
        {
            session.Revoke(end, time.Now());
        }
    }

    /// <summary>An account's sessions that are neither ended nor over.</summary>
    internal IQueryable<Session> Living(ClinicDbContext db, Guid accountId)
    {
        var now = time.Now();
        return db.Set<Session>().Where(session => session.AccountId == accountId && session.RevokedAt == null && session.ExpiresAt > now);
    }

    private async Task<Found?> LiveAsync(IQueryable<Session> sessions, ClinicDbContext db, ClientInfo client, CancellationToken ct)
    {
        var now = time.Now();
        var row = await sessions
            .Where(session => session.RevokedAt == null && session.ExpiresAt > now)
            .Join(
                db.Set<Account>().Where(account => account.Status == AccountStatus.Active),
                session => session.AccountId,
                account => account.Id,
                (session, account) => new
                {
                    session.Id, session.Stage, session.Kind, session.ProvedAt, session.AccountId, session.LastActivityAt, session.ExpiresAt,
                    session.Address, session.UserAgent,
                    account.Roles, account.PatientId, account.DisplayName, account.TwoFactorEnabled,
                    IsStaff = account.Kind == AccountKind.Staff,
                })
            .SingleOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        var (lastActivityAt, limit) = (activity.LastOf(row.Id, row.LastActivityAt), settings.Value.Idle.LimitOf(row.Kind));
        if (lastActivityAt + limit <= now)
        {
            return null;
        }

        // Staff whose second factor was taken away must enrol again, in sessions that are open already too: in those whose password
        // was given no longer ago than in one that has waited for it from the start.
        var mustEnrol = row.Stage == SessionStage.Full && row.IsStaff && !row.TwoFactorEnabled;
        if (mustEnrol && row.ProvedAt < now.AddMinutes(-Session.PendingMinutes))
        {
            return null;
        }

        var stage = mustEnrol ? SessionStage.AwaitingEnrolment : row.Stage;
        var roles = stage == SessionStage.Full ? row.Roles : Roles.None;
        var actor = new Actor(row.AccountId, row.Id, roles, row.PatientId, row.DisplayName, client, row.ProvedAt);
        return new Found(new LiveSession(actor, stage, lastActivityAt, limit, row.ExpiresAt), new ClientInfo(row.Address, row.UserAgent));
    }

    private async Task EndMovedAsync(Found found, ClientInfo client, CancellationToken ct)
    {
        var (accountId, sessionId) = (found.Session.Actor.AccountId!.Value, found.Session.Actor.SessionId!.Value);
        LogMoved(sessionId, accountId, found.Began.UserAgent != client.UserAgent);
        var request = new AccessRequest(Permission.SignIn,
            AuditAct.SessionClientChanged)
        { AccountId = accountId, SessionId = sessionId, Outcome = AuditOutcome.Denied };
        await gate.RunAsync<Done>(Actor.Anonymous(client), request, async db =>
        {
            var session = await db.Set<Session>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == sessionId && row.RevokedAt == null, ct);
            if (session is null)
            {
                // Another request with the same cookie was quicker: there is nothing to do and nothing to tell.
                return Error.Invalid("Session", "This session has ended already.");
            }

            session.Revoke(SessionEnd.ClientChanged, time.Now());

            // The mail to the owner needs the address.
            await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == accountId, ct);
            return Done.Instance;
        }, ct, retry: true);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Session {SessionId} of account {AccountId} was used from elsewhere and was ended (other browser: {OtherBrowser})")]
    private partial void LogMoved(Guid sessionId, Guid accountId, bool otherBrowser);

    /// <summary>A living session and where it began.</summary>
    private sealed record Found(LiveSession Session, ClientInfo Began);
}
