using System.Linq.Expressions;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The one way to the clinic's data. It asks the policy, opens a lease that sees just what the policy gives, runs the
/// body of the request, and writes its changes and its audit entry in one transaction. A refusal is audited with the ids that
/// were asked for.
/// </summary>
public sealed partial class ClinicGate
{
    /// <summary>From how long on a request counts as slow (requirement S4-09).</summary>
    internal static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often a body that meets concurrent changes is run: more often than anybody does one thing at once, so that whoever
    /// is right is told so, and whoever guesses at once with others meets the lock in the end.
    /// </summary>
    internal const int Attempts = 60;

    private readonly Func<CancellationToken, ValueTask<ClinicDbContext>> lease;
    private readonly AuditTrail trail;
    private readonly CommandReceipts receipts;
    private readonly IReadOnlyList<IChangeObserver> observers;
    private readonly OwnerLookups owners;
    private readonly AdministrationNetworks administration;
    private readonly TimeProvider time;
    private readonly ILogger<ClinicGate> log;

    internal ClinicGate(
        Func<CancellationToken, ValueTask<ClinicDbContext>> lease, AuditTrail trail, CommandReceipts receipts,
        IEnumerable<IChangeObserver> observers, OwnerLookups owners, AdministrationNetworks administration, TimeProvider time,
            ILogger<ClinicGate> log) =>
        (this.lease, this.trail, this.receipts, this.observers, this.owners, this.administration, this.time, this.log) =
        (lease, trail, receipts, [.. observers], owners, administration, time, log);

    /// <summary>
    /// Runs <paramref name="body"/> for <paramref name="actor"/>. What the body changes is saved together with the
    /// audit entry, or not at all. A body that meets a concurrent change is run again when
    /// <paramref name="retry"/> is set, else the answer is <see cref="ErrorKind.Conflict"/>.
    /// </summary>
    internal Task<Result<T>> RunAsync<T>(
        Actor actor, AccessRequest request, Func<ClinicDbContext, Task<Result<T>>> body, CancellationToken ct, bool retry = false) =>
        RunAsync(actor, request, (db, _) => body(db), ct, retry);

    /// <summary>As above, for a body that completes the trace: with ids and outcomes that are known only on the way.</summary>
    internal async Task<Result<T>> RunAsync<T>(
        Actor actor, AccessRequest request, Func<ClinicDbContext, AuditTrace, Task<Result<T>>> body, CancellationToken ct,
            bool retry = false)
    {
        var started = time.GetTimestamp();
        try
        {
            return await RunGuardedAsync(actor, request, body, retry, ct);
        }
        finally
        {
            if (time.GetElapsedTime(started) is var elapsed && elapsed > Slow)
            {
                LogSlow($"{request.Act}", (long)elapsed.TotalMilliseconds);
            }
        }
    }

    /// <summary>
    /// Runs a body that sees every row, for background work of the program itself on what has come due. Its lease is
    /// audited like any other; a test names those that may ask for it.
    /// </summary>
    internal Task<Result<T>> RunForProgramAsync<T>(AccessRequest request, Func<ClinicDbContext, AuditTrace, Task<Result<T>>> body,
        CancellationToken ct) =>
        RunBodyAsync(Actor.Anonymous(ClientInfo.Local), request, AccessScope.Unrestricted, body, retry: true, ct);

    private async Task<Result<T>> RunGuardedAsync<T>(
        Actor actor, AccessRequest request, Func<ClinicDbContext, AuditTrace, Task<Result<T>>> body, bool retry, CancellationToken ct)
    {
        if (!actor.May(request.Permission) || !administration.Allow(actor.Client, request.Permission))
        {
            return await RefuseAsync(actor, request.NewTrace(), Hidden(request.Permission), AuditOutcome.Denied, ct);
        }

        if (await AgainAsync<T>(actor, request, ct) is { } done)
        {
            return done;
        }

        if (AccessPolicy.NeedsFreshProof(request.Permission) && actor.ProvedAt < time.Now().AddMinutes(-AccessPolicy.ProofMinutes))
        {
            return Error.StepUpNeeded;
        }

        return await RunBodyAsync(actor, request, now => AccessScope.For(actor, request.Permission, now), body, retry, ct);
    }

    private async Task<Result<T>> RunBodyAsync<T>(
        Actor actor, AccessRequest request, Func<DateTimeOffset, AccessScope> scopeAt,
            Func<ClinicDbContext, AuditTrace, Task<Result<T>>> body, bool retry, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = time.Now();
            await using var db = await lease(ct);
            db.Enter(scopeAt(now));
            var trace = request.NewTrace();
            var result = await RunBodyAsync(actor, request, body, db, trace, ct);
            if (result.Error is { } error)
            {
                // The same act may just have been done by its first arrival, which is what stood in the way.
                if (await AgainAsync<T>(actor, request, ct) is { } first)
                {
                    return first;
                }

                if (!trace.SaveRefusal)
                {
                    return IsSilent(error)
                        ? error
                        : await RefuseAsync(actor, trace, error,
                            error.Kind == ErrorKind.Conflict ? AuditOutcome.Failed : AuditOutcome.Denied, ct);
                }
            }

            if (result.IsSuccess)
            {
                receipts.Add(db, actor, request, result.Value, now);
            }

            trail.Add(db, actor, trace, result.IsSuccess ? trace.Outcome : AuditOutcome.Failed, now);
            var news = observers.Select(observer => observer.Observe(db.ChangeTracker)).OfType<Action>().ToList();
            try
            {
                await db.SaveChangesAsync(ct);
                trail.Wake();
                news.ForEach(tell => tell());
                return result;
            }
            catch (Exception fault) when (ConcurrentChange.Is(fault))
            {
                if (await AgainAsync<T>(actor, request, ct) is { } meanwhile)
                {
                    return meanwhile;
                }

                if (!retry || attempt == Attempts)
                {
                    return await RefuseAsync(actor, trace, Error.Conflict, AuditOutcome.Failed, ct);
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
        db.Enter(new AccessScope(null, null, Reach.None, Reach.None, time.Now()) { MayReadCredentials = true });
        return db;
    }

    /// <summary>
    /// Moves a moment of some rows on, unless theirs is later already: what happens too often to go through a request
    /// each time. Rows about a patient are none of its business.
    /// </summary>
    internal async Task AdvanceAsync<T>(
        IEnumerable<KeyValuePair<Guid, DateTimeOffset>> marks, Expression<Func<T, DateTimeOffset>> moment,
        Func<IQueryable<T>, Guid, DateTimeOffset, IQueryable<T>> rowOf, CancellationToken ct)
        where T : class
    {
        if (typeof(T).IsAssignableTo(typeof(IPatientOwned)))
        {
            throw new OutOfScopeWriteException($"{typeof(T).Name}: a patient's row changes through a request.");
        }

        await using var db = await OpenAccountsAsync(ct);
        await db.InTurnAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // In one order everywhere, so that two who write down the same rows do not wait for each other.
            foreach (var (id, at) in marks.OrderBy(mark => mark.Key))
            {
                await rowOf(db.Set<T>(), id, at).ExecuteUpdateAsync(row => row.SetProperty(moment, at), ct);
            }

            await transaction.CommitAsync(ct);
            return Done.Instance;
        }, ct);
    }

    /// <summary>What an act answered that was done before, under the name that it comes by now; null when it was not.</summary>
    private async Task<Result<T>?> AgainAsync<T>(Actor actor, AccessRequest request, CancellationToken ct)
    {
        if (actor.Command is null)
        {
            return null;
        }

        await using var db = await OpenAccountsAsync(ct);
        return await receipts.FindAsync<T>(db, actor, request, ct);
    }

    // What was typed was incomplete, or a proof is still to be given: not worth an entry of its own.
    private static bool IsSilent(Error error) => error.Kind is ErrorKind.Invalid or ErrorKind.StepUpNeeded;

    /// <summary>Runs the body; a sealed value that does not open is told to the log and the audit trail, with ids only.</summary>
    private async Task<Result<T>> RunBodyAsync<T>(
        Actor actor, AccessRequest request, Func<ClinicDbContext, AuditTrace, Task<Result<T>>> body, ClinicDbContext db, AuditTrace trace,
            CancellationToken ct)
    {
        try
        {
            return await body(db, trace);
        }
        catch (SealBrokenException broken)
        {
            LogBroken(broken.Place.Table, broken.Place.Column, broken.Place.RowId);
            await RefuseAsync(actor, request.NewBrokenSealTrace(broken.Place.Owner.Id), Error.NotFound, AuditOutcome.Failed, ct);
            throw;
        }
    }

    private static Error Hidden(Permission permission) =>
        AccessPolicy.CompartmentOf(permission) is Compartment.Clinical or Compartment.Demographic ? Error.NotFound : Error.Denied;

    private async Task<Error> RefuseAsync(Actor actor, AuditTrace trace, Error error, AuditOutcome outcome, CancellationToken ct)
    {
        // What the body had done besides was not saved.
        trace.NothingElseHappened();
        trace.ListNobody();
        for (var attempt = 1; !await SaveRefusalAsync(actor, trace, outcome, last: attempt == Attempts, ct); attempt++)
        {
            // Refused at once with another one of the same person, and counted anew.
        }

        trail.Wake();
        return error;
    }

    private async Task<bool> SaveRefusalAsync(Actor actor, AuditTrace trace, AuditOutcome outcome, bool last, CancellationToken ct)
    {
        var asked = trace.PatientId;
        await using var db = await lease(ct);
        var now = time.Now();
        db.Enter(AccessScope.For(actor, Permission.SignIn, now));

        // Counted when it is its turn, and not before: of many who are refused at once, nobody is overtaken again and again.
        return await db.InTurnAsync(async () =>
        {
            if (await DenialTally.CountAsync(db, actor, outcome, now, ct))
            {
                foreach (var patientId in await owners.PatientsOfAsync(db, trace, ct))
                {
                    trace.PatientId = patientId;
                    trail.Add(db, actor, trace, outcome, now);
                }
            }

            try
            {
                await db.SaveChangesAsync(ct);
                return true;
            }
            catch (Exception fault) when (!last && ConcurrentChange.Is(fault))
            {
                trace.PatientId = asked;
                return false;
            }
        }, ct);
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message =
        "{Table}.{Column} of row {RowId} does not open: a stored byte was changed, or the row was moved or given to another owner")]
    private partial void LogBroken(string table, string column, Guid rowId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow operation: {Act} took {Milliseconds} ms")]
    private partial void LogSlow(string act, long milliseconds);
}
