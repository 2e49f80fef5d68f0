using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// Ends sessions in which nobody did anything for too long, and those whose absolute life is over. Without it such a
/// session would be refused all the same, but its open pages would go on showing what they show.
/// </summary>
public sealed partial class SessionSweeper(
    ClinicReadiness readiness, ClinicGate gate, SessionActivity activity, IOptions<ClinicSettings> settings, TimeProvider time,
        ILogger<SessionSweeper> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Writes down what people did, then ends what is over. Returns how many sessions it ended.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var marks = activity.Unwritten();
        if (marks.Length > 0)
        {
            await gate.AdvanceAsync<Session>(
                marks, session => session.LastActivityAt,
                (rows, id, at) => rows.Where(session => session.Id == id && session.RevokedAt == null && session.LastActivityAt < at), ct);
            activity.Written(marks);
        }

        var ended = 0;
        foreach (var (sessionId, accountId) in await FindDueAsync(ct))
        {
            ended += await EndAsync(sessionId, accountId, ct) ? 1 : 0;
        }

        return ended;
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(ct))
        {
            await TrySweepAsync(ct);
        }
    }

    private async Task TrySweepAsync(CancellationToken ct)
    {
        try
        {
            await SweepAsync(ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // The next round tries again; until then every request and every message of a circuit checks for itself.
            LogFault(fault);
        }
    }

    private async Task<List<(Guid SessionId, Guid AccountId)>> FindDueAsync(CancellationToken ct)
    {
        var now = time.Now();
        var idle = settings.Value.Idle;
        var (staff, patient, kiosk) = (now - idle.LimitOf(SessionKind.Staff), now - idle.LimitOf(SessionKind.Patient),
            now - idle.LimitOf(SessionKind.Kiosk));
        await using var db = await gate.OpenAccountsAsync(ct);
        var due = await db.Set<Session>()
            .Where(session => session.RevokedAt == null && (session.ExpiresAt <= now
                || (session.Kind == SessionKind.Staff && session.LastActivityAt <= staff)
                || (session.Kind == SessionKind.Patient && session.LastActivityAt <= patient)
                || (session.Kind == SessionKind.Kiosk && session.LastActivityAt <= kiosk)))
            .Select(session => new { session.Id, session.AccountId, session.LastActivityAt, session.ExpiresAt, session.Kind })
            .ToListAsync(ct);
        return [.. due
            .Where(session => session.ExpiresAt <= now
                || activity.LastOf(session.Id, session.LastActivityAt) + idle.LimitOf(session.Kind) <= now)
            .Select(session => (session.Id, session.AccountId))];
    }

    private async Task<bool> EndAsync(Guid sessionId, Guid accountId, CancellationToken ct)
    {
        var ended = false;
        var request = new AccessRequest(Permission.SignIn, AuditAct.SessionTimedOut) { AccountId = accountId, SessionId = sessionId };
        await gate.RunAsync<Done>(Actor.Anonymous(ClientInfo.Local), request, async db =>
        {
            var session = await db.Set<Session>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == sessionId && row.RevokedAt == null, ct);
            ended = session is not null;

            // Another instance, or its owner, was quicker: there is nothing to do and nothing to tell.
            return session is null ? Error.Invalid("Session", "This session has ended already.") : End(session);
        }, ct, retry: true);
        return ended;
    }

    private Result<Done> End(Session session)
    {
        var now = time.Now();
        session.Revoke(session.ExpiresAt <= now ? SessionEnd.Expired : SessionEnd.Idle, now);
        return Done.Instance;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Idle sessions could not be looked for")]
    private partial void LogFault(Exception fault);
}
