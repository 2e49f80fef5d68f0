using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>One place where a person is signed in.</summary>
/// <param name="Id">Id; opens nothing.</param>
/// <param name="StartedAt">Since when.</param>
/// <param name="LastActivityAt">When its person last did something there, as far as it has been written down.</param>
/// <param name="Address">Network address.</param>
/// <param name="UserAgent">What the browser calls itself.</param>
/// <param name="IsCurrent">True for the session that asks.</param>
public sealed record OwnSession(Guid Id, DateTimeOffset StartedAt, DateTimeOffset LastActivityAt, string Address, string UserAgent,
    bool IsCurrent);

/// <summary>"Where you are signed in": what everybody sees and ends of their own sessions.</summary>
public sealed class OwnSessionService(ClinicGate gate, SessionService sessions, TimeProvider time)
{
    /// <summary>The actor's living sessions, the present one first, then by last use.</summary>
    public Task<Result<IReadOnlyList<OwnSession>>> ListAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<OwnSession>>(actor, new AccessRequest(Permission.OwnAccount, AuditAct.SessionsListed), async db =>
            Result.Of<IReadOnlyList<OwnSession>>(await sessions.Living(db, actor.AccountId!.Value)
                .OrderByDescending(session => session.Id == actor.SessionId)
                .ThenByDescending(session => session.LastActivityAt)
                .Select(session => new OwnSession(
                    session.Id, session.StartedAt, session.LastActivityAt, session.Address, session.UserAgent,
                        session.Id == actor.SessionId))
                .ToListAsync(ct)), ct);

    /// <summary>
    /// Ends one of the actor's sessions. <see cref="ErrorKind.NotFound"/> for one that has ended and for somebody
    /// else's.
    /// </summary>
    public async Task<Result<Done>> EndAsync(Actor actor, Guid sessionId, CancellationToken ct)
    {
        await sessions.AnnounceEndAsync(actor, living => living == sessionId, ct);
        return await gate.RunAsync<Done>(actor,
            new AccessRequest(Permission.OwnAccount, AuditAct.SessionEnded) { SubjectId = actor.AccountId, Sent = sessionId }, async db =>
        {
            var session = await sessions.Living(db, actor.AccountId!.Value).AsTracking()
                .SingleOrDefaultAsync(row => row.Id == sessionId, ct);
            session?.Revoke(SessionEnd.EndedByOwner, time.Now());
            return session is null ? Error.NotFound : Done.Instance;
        }, ct, retry: true);
    }

    /// <summary>Ends all of the actor's sessions but the present one.</summary>
    public async Task<Result<Done>> EndOthersAsync(Actor actor, CancellationToken ct)
    {
        await sessions.AnnounceEndAsync(actor, living => living != actor.SessionId, ct);
        return await gate.RunAsync<Done>(actor,
            new AccessRequest(Permission.OwnAccount, AuditAct.SessionEnded) { SubjectId = actor.AccountId }, async db =>
        {
            await sessions.RevokeAllAsync(db, actor.AccountId!.Value, SessionEnd.EndedByOwner, except: actor.SessionId, ct);
            return Done.Instance;
        }, ct, retry: true);
    }
}
