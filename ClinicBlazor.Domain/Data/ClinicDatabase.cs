using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The one way to the clinic's data. It asks the policy, opens a lease that sees just what the policy gives, runs the
/// operation, and writes the operation and its audit entry in one transaction. A refusal is audited with the ids that
/// were asked for.
/// </summary>
public sealed partial class ClinicDatabase
{
    /// <summary>From how long on an operation counts as slow (requirement S4-09).</summary>
    internal static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    // More than the failures that lock an account: whoever guesses at once with others meets the lock in the end, and
    // not the answer that somebody else was quicker.
    private const int Attempts = 2 * Account.FailuresUntilLock;

    private readonly Func<CancellationToken, ValueTask<ClinicDbContext>> lease;
    private readonly AuditTrail trail;
    private readonly SessionEvents sessionEvents;
    private readonly AdministrationNetworks administration;
    private readonly TimeProvider time;
    private readonly ILogger<ClinicDatabase> log;

    internal ClinicDatabase(
        Func<CancellationToken, ValueTask<ClinicDbContext>> lease, EarlyReads early, AuditTrail trail, SessionEvents sessionEvents, AdministrationNetworks administration,
        TimeProvider time, ILogger<ClinicDatabase> log) =>
        (this.lease, Early, this.trail, this.sessionEvents, this.administration, this.time, this.log) = (lease, early, trail, sessionEvents, administration, time, log);

    /// <summary>What a start reads; patients' rows are out of its reach.</summary>
    internal EarlyReads Early { get; }

    /// <summary>
    /// Runs <paramref name="body"/> for <paramref name="actor"/>. What the body changes is saved together with the
    /// audit entry, or not at all. A body that meets a concurrent change is run again when
    /// <paramref name="retry"/> is set, else the answer is <see cref="ErrorKind.Conflict"/>.
    /// </summary>
    internal async Task<Result<T>> RunAsync<T>(
        Actor actor, Operation operation, Func<ClinicDbContext, Task<Result<T>>> body, CancellationToken ct, bool retry = false)
    {
        var started = time.GetTimestamp();
        try
        {
            return await RunGuardedAsync(actor, operation, body, retry, ct);
        }
        finally
        {
            if (time.GetElapsedTime(started) is var elapsed && elapsed > Slow)
            {
                LogSlow($"{operation.Act}", (long)elapsed.TotalMilliseconds);
            }
        }
    }

    private async Task<Result<T>> RunGuardedAsync<T>(
        Actor actor, Operation operation, Func<ClinicDbContext, Task<Result<T>>> body, bool retry, CancellationToken ct)
    {
        if (!actor.May(operation.Permission) || !administration.Allow(actor.Client, operation.Permission))
        {
            return await RefuseAsync(actor, operation, Hidden(operation.Permission), AuditOutcome.Denied, ct);
        }

        if (AccessPolicy.NeedsFreshProof(operation.Permission) && actor.ProvedAt < time.Now().AddMinutes(-AccessPolicy.ProofMinutes))
        {
            return Error.StepUpNeeded;
        }

        var attack = operation.Typed.Any(typed => AttackSigns.In(typed.Text));
        if (attack)
        {
            LogAttack($"{operation.Act}", actor.AccountId, actor.SessionId, operation.PatientId);
            if (RefusedFields(operation) is { Count: > 0 } refused)
            {
                return await TellAttackAsync(actor, operation, Error.Invalid(refused), AuditOutcome.Denied, ct);
            }
        }

        var outcome = operation.Outcome;
        for (var attempt = 1; ; attempt++)
        {
            var now = time.Now();
            await using var db = await lease(ct);
            db.Enter(AccessScope.For(actor, operation.Permission, now));
            operation.AlsoHappened.Clear();
            if (attack)
            {
                operation.AlsoHappened.Add((AuditAct.AttackInputSeen, AuditOutcome.Done));
            }

            operation.SaveRefusal = false;
            operation.Outcome = outcome;
            var result = await body(db);
            if (result.Error is { } error && !operation.SaveRefusal)
            {
                return Operation.IsSilent(error)
                    ? attack ? await TellAttackAsync(actor, operation, error, AuditOutcome.Done, ct) : error
                    : await RefuseAsync(actor, operation, error, error.Kind == ErrorKind.Conflict ? AuditOutcome.Failed : AuditOutcome.Denied, ct);
            }

            trail.Add(db, actor, operation, result.IsSuccess ? operation.Outcome : AuditOutcome.Failed, now);
            var sessions = db.SessionChanges();
            try
            {
                await db.SaveChangesAsync(ct);
                trail.Wake();
                sessions.ForEach(sessionEvents.Publish);
                return result;
            }
            catch (DbUpdateException fault) when (ConcurrentChange.Is(fault))
            {
                if (!retry || attempt == Attempts)
                {
                    return await RefuseAsync(actor, operation, Error.Conflict, AuditOutcome.Failed, ct);
                }
            }
        }
    }

    /// <summary>
    /// A lease that sees every row, for start-up and background work. Only what lies in the Data and Audit folders may
    /// call it; a test holds that.
    /// </summary>
    internal async ValueTask<ClinicDbContext> OpenUnrestrictedAsync(CancellationToken ct)
    {
        var db = await lease(ct);
        db.Enter(AccessScope.Unrestricted(time.Now()));
        return db;
    }

    /// <summary>A lease for looking up accounts, sessions and keys; patients' rows are out of its reach.</summary>
    internal async ValueTask<ClinicDbContext> OpenAccountsAsync(CancellationToken ct)
    {
        var db = await lease(ct);
        db.Enter(new AccessScope(null, null, Reach.None, Reach.None, time.Now()));
        return db;
    }

    /// <summary>Writes when people last did something in their sessions; never back in time, and never to one that has ended.</summary>
    internal async Task WriteActivityAsync(IEnumerable<KeyValuePair<Guid, DateTimeOffset>> marks, CancellationToken ct)
    {
        await using var db = await OpenAccountsAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var (sessionId, at) in marks)
        {
            await db.Sessions
                .Where(session => session.Id == sessionId && session.RevokedAt == null && session.LastActivityAt < at)
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.LastActivityAt, at), ct);
        }

        await transaction.CommitAsync(ct);
    }

    private static IReadOnlyList<FieldError> RefusedFields(Operation operation) =>
        [.. operation.Typed.Where(typed => !typed.IsProse && AttackSigns.In(typed.Text)).Select(typed => new FieldError(typed.Field, Typed.Refusal))];

    private static Error Hidden(Permission permission) =>
        AccessPolicy.CompartmentOf(permission) is Compartment.Clinical or Compartment.Demographic ? Error.NotFound : Error.Denied;

    /// <summary>Writes that an attack was seen, where the operation itself leaves no entry.</summary>
    private Task<Error> TellAttackAsync(Actor actor, Operation operation, Error error, AuditOutcome outcome, CancellationToken ct) =>
        RefuseAsync(
            actor,
            new Operation(operation.Permission, AuditAct.AttackInputSeen)
            {
                PatientId = operation.PatientId, RecordId = operation.RecordId, VisitId = operation.VisitId, SubjectId = operation.SubjectId, AccountId = operation.AccountId,
            },
            error, outcome, ct);

    private async Task<Error> RefuseAsync(Actor actor, Operation operation, Error error, AuditOutcome outcome, CancellationToken ct)
    {
        await using var db = await lease(ct);
        var now = time.Now();
        db.Enter(AccessScope.For(actor, Permission.SignIn, now));
        trail.Add(db, actor, operation, outcome, now);
        await db.SaveChangesAsync(ct);
        trail.Wake();
        return error;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Input that looks like an attack: {Act} by account {AccountId} in session {SessionId}, patient {PatientId}")]
    private partial void LogAttack(string act, Guid? accountId, Guid? sessionId, Guid? patientId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow operation: {Act} took {Milliseconds} ms")]
    private partial void LogSlow(string act, long milliseconds);
}
