using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>
/// Tells of alerts, outside every request. A try is counted before it is made and the row is deleted only when the notifier took it:
/// somebody may be told twice after a crash, and never not at all. Where several instances run, the count lets one of them have
/// the try.
/// </summary>
internal sealed partial class AlertTeller(
    ClinicReadiness readiness, ClinicGate gate, AlertObserver queue, IEnumerable<IAlertNotifier> notifiers, TimeProvider time,
    ILogger<AlertTeller> log)
    : ClinicBackgroundService(readiness)
{
    // What was due while nothing happened here: retries, and what other instances left.
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Tells of all that is due. Returns how many were taken.</summary>
    public async Task<int> TellDueAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var told = 0;
            while (await ClaimAsync(ct) is { } claim)
            {
                told += await TryAsync(claim, ct) ? 1 : 0;
            }

            return told;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await TellDueAsync(ct);
                await queue.WaitAsync(AtMost, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                LogFault(fault);
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }

    /// <summary>Takes the try of the notice that has waited longest; null when none is due.</summary>
    private async Task<Claim?> ClaimAsync(CancellationToken ct)
    {
        var claimed = await RunAsync<Claim>(async db =>
        {
            var now = time.Now();
            var due = await db.Set<QueuedNotice>().AsTracking()
                .Where(notice => notice.GivenUpAt == null && notice.DueAt <= now)
                .OrderBy(notice => notice.DueAt).ThenBy(notice => notice.Id).FirstOrDefaultAsync(ct);
            if (due is null)
            {
                return Error.Invalid("Rows", "Nothing is due.");
            }

            due.Try(now);
            var alert = await db.Set<Alert>().SingleAsync(row => row.Id == due.AlertId, ct);
            var administrators = await db.Set<Account>().ActiveAdministrators().OrderBy(account => account.Id)
                .Select(account => account.Email!).ToListAsync(ct);
            return new Claim(due.Id, due.Notifier, new AlertNotice(
                alert.Id, alert.Kind, AlertKinds.SeverityOf(alert.Kind), alert.FirstAt, alert.Count, administrators));
        }, ct);
        return claimed.IsSuccess ? claimed.Value : null;
    }

    private async Task<bool> TryAsync(Claim claim, CancellationToken ct)
    {
        var notifier = notifiers.FirstOrDefault(one => one.Name == claim.Notifier);
        var failure = notifier is null ? "there is no such notifier any more" : await TellAsync(notifier, claim.Notice, ct);
        await RunAsync<Done>(async db =>
        {
            if (await db.Set<QueuedNotice>().AsTracking().SingleOrDefaultAsync(row => row.Id == claim.Id, ct) is not { } row)
            {
                return Done.Instance;
            }

            if (failure is null)
            {
                db.Set<QueuedNotice>().Remove(row);
            }
            else if (notifier is null)
            {
                row.GiveUp(time.Now());
                LogGivenUp(claim.Notice.AlertId, claim.Notifier, row.Tries, failure);
            }
            else if (row.Fail(time.Now()))
            {
                LogGivenUp(claim.Notice.AlertId, claim.Notifier, row.Tries, failure);
            }
            else
            {
                LogNotTold(claim.Notice.AlertId, claim.Notifier, row.Tries, failure);
            }

            return Done.Instance;
        }, ct);
        return failure is null;
    }

    /// <summary>Tells; answers why it was not taken, or null.</summary>
    private async Task<string?> TellAsync(IAlertNotifier notifier, AlertNotice notice, CancellationToken ct)
    {
        try
        {
            await notifier.TellAsync(notice, ct);
            return null;
        }
        catch (AlertNotToldException fault)
        {
            return fault.Message;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // A notifier that breaks must not keep the others waiting. Only the kind is told: a message may hold more.
            return fault.GetType().Name;
        }
    }

    // What is told of an alert has its entry: that it was raised.
    private Task<Result<T>> RunAsync<T>(Func<ClinicDbContext, Task<Result<T>>> body, CancellationToken ct) =>
        gate.RunForProgramAsync<T>(new AccessRequest(Permission.SignIn, AuditAct.AlertRaised), (db, trace) =>
        {
            trace.GoesOn = true;
            return body(db);
        }, ct);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Of alert {AlertId} was not told by {Notifier} at try {Try}; it is tried again: {Reason}")]
    private partial void LogNotTold(Guid alertId, string notifier, int @try, string reason);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Of alert {AlertId} was not told by {Notifier} at try {Try}, which is given up: {Reason}")]
    private partial void LogGivenUp(Guid alertId, string notifier, int @try, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody could be told of alerts; they are kept and tried again")]
    private partial void LogFault(Exception fault);

    private sealed record Claim(Guid Id, string Notifier, AlertNotice Notice);
}
