using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>A living session: who it is and how far the sign-in has come.</summary>
/// <param name="Actor">Who; holds roles only at <see cref="SessionStage.Full"/>.</param>
/// <param name="Stage">How far.</param>
public sealed record LiveSession(Actor Actor, SessionStage Stage);

/// <summary>A session that was just begun.</summary>
/// <param name="Token">The secret for the cookie; nowhere else and never again to be had.</param>
/// <param name="Stage">How far the sign-in has come.</param>
/// <param name="ExpiresAt">When the session ends at the latest.</param>
public sealed record StartedSession(string Token, SessionStage Stage, DateTimeOffset ExpiresAt);

/// <summary>Begins, finds and ends sessions. The row is the truth: what is not found here is not signed in.</summary>
public sealed class SessionService(ClinicDatabase database, TokenHasher tokens, TimeProvider time)
{
    private const string TokenPurpose = "session";

    /// <summary>The living session that a cookie's token names; null when there is none.</summary>
    public async Task<LiveSession?> FindAsync(string token, ClientInfo client, CancellationToken ct)
    {
        var hash = tokens.Hash(TokenPurpose, token);
        await using var db = await database.OpenAccountsAsync(ct);
        return await LiveAsync(db.Sessions.Where(session => session.TokenHash == hash), db, client, ct);
    }

    /// <summary>The living session with an id, for an open circuit; null when it has ended.</summary>
    public async Task<LiveSession?> FindAsync(Guid sessionId, ClientInfo client, CancellationToken ct)
    {
        await using var db = await database.OpenAccountsAsync(ct);
        return await LiveAsync(db.Sessions.Where(session => session.Id == sessionId), db, client, ct);
    }

    /// <summary>Signs out: ends the actor's own session.</summary>
    public Task<Result<Done>> SignOutAsync(Actor actor, CancellationToken ct) =>
        database.RunAsync<Done>(actor, new Operation(Permission.SignIn, AuditAct.SignOut), async db =>
        {
            var session = await db.Sessions.AsTracking().SingleOrDefaultAsync(row => row.Id == actor.SessionId, ct);
            session?.Revoke(SessionEnd.SignedOut, time.Now());
            return Done.Instance;
        }, ct);

    /// <summary>Begins a session in the transaction of <paramref name="db"/>.</summary>
    internal StartedSession Start(ClinicDbContext db, Account account, SessionStage stage, ClientInfo client)
    {
        var now = time.Now();
        var token = TokenHasher.NewToken();
        var expires = stage != SessionStage.Full ? now.AddMinutes(Session.PendingMinutes)
            : now.AddHours(account.Roles.HasAny(Roles.Staff) ? Session.StaffHours : Session.PatientHours);
        db.Sessions.Add(new Session
        {
            Id = time.NewId(),
            AccountId = account.Id,
            TokenHash = tokens.Hash(TokenPurpose, token),
            Stage = stage,
            Kind = account.Roles.HasAny(Roles.Staff) ? SessionKind.Staff : SessionKind.Patient,
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
        var open = await db.Sessions.AsTracking().Where(session => session.AccountId == accountId && session.RevokedAt == null).ToListAsync(ct);
        foreach (var session in open.Where(session => session.Id != except))
        {
            session.Revoke(end, time.Now());
        }
    }

    private async Task<LiveSession?> LiveAsync(IQueryable<Session> sessions, ClinicDbContext db, ClientInfo client, CancellationToken ct)
    {
        var now = time.Now();
        var row = await sessions
            .Where(session => session.RevokedAt == null && session.ExpiresAt > now)
            .Join(
                db.Accounts.Where(account => account.Status == AccountStatus.Active),
                session => session.AccountId,
                account => account.Id,
                (session, account) => new { session.Id, session.Stage, session.ProvedAt, session.AccountId, account.Roles, account.PatientId, account.DisplayName, account.TwoFactorEnabled })
            .SingleOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        // Staff whose second factor was taken away must enrol again, in sessions that are open already too.
        var stage = row.Stage == SessionStage.Full && row.Roles.HasAny(Roles.Staff) && !row.TwoFactorEnabled
            ? SessionStage.AwaitingEnrolment
            : row.Stage;
        var roles = stage == SessionStage.Full ? row.Roles : Roles.None;
        return new LiveSession(new Actor(row.AccountId, row.Id, roles, row.PatientId, row.DisplayName, client, row.ProvedAt), stage);
    }
}
