using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Security.Alerts.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>
/// Follows the trail in the order of its chain and judges each entry by the rules, soon after it was sealed; finds that its end was
/// cut off; and asks once a minute how the machine is. What is raised and how far it has come is saved together. What it writes into
/// the trail itself concerns no rule.
/// </summary>
internal sealed partial class AlertWatcher(
    ClinicReadiness readiness, ClinicGate gate, AuditSealer sealer, IEnumerable<IAlertRule> rules, IEnumerable<IAlertCondition> conditions,
    IEnumerable<IAlertNotifier> notifiers, IOptions<ClinicSettings> settings, TimeProvider time, ILogger<AlertWatcher> log)
    : ClinicBackgroundService(readiness)
{
    /// <summary>Most entries that are judged in one transaction.</summary>
    internal const int AtOnce = 500;

    /// <summary>How long it takes until what lasts counts again.</summary>
    internal static readonly TimeSpan CountsAgainAfter = TimeSpan.FromHours(1);

    // What other instances sealed.
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMinutes(1);

    // A busy clinic seals all the time: what comes within a second is judged together.
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<IAlertRule> rules = [.. rules];
    private readonly IReadOnlyList<IAlertCondition> conditions = [.. conditions];
    private readonly WakeUp wake = new();
    private JudgedEnd? end;

    /// <summary>Judges what was sealed since; answers with how many entries.</summary>
    public async Task<int> JudgeAsync(CancellationToken ct)
    {
        var total = 0;
        int judged;
        do
        {
            judged = await JudgeOnceAsync(ct);
            total += judged;
        }
        while (judged == AtOnce);
        return total;
    }

    /// <summary>
    /// Looks for the first time, before this process has sealed anything: what was cut off while no process ran is a place that is
    /// gone, and no new entry stands there yet.
    /// </summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        try
        {
            await JudgeOnceAsync(ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            LogFault(fault);
        }
    }

    /// <summary>Asks how the machine is.</summary>
    public Task AskAsync(CancellationToken ct) => RunAsync(async batch =>
    {
        foreach (var condition in conditions)
        {
            if (await condition.HoldsAsync(batch, ct))
            {
                await TellLastingAsync(batch, condition.Kind, ct);
            }
        }

        return 0;
    }, ct);

    /// <inheritdoc/>
    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        sealer.Sealed += wake.Call;
        try
        {
            await WatchAsync(ct);
        }
        finally
        {
            sealer.Sealed -= wake.Call;
        }
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        var nextQuestion = time.GetUtcNow();
        while (true)
        {
            try
            {
                await JudgeAsync(ct);
                if (time.GetUtcNow() >= nextQuestion)
                {
                    await AskAsync(ct);
                    nextQuestion = time.GetUtcNow() + BetweenQuestions;
                }

                await wake.WaitAsync(AtMost, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                LogFault(fault);
            }

            await Task.Delay(Gathering, ct);
        }
    }

    private async Task<int> JudgeOnceAsync(CancellationToken ct)
    {
        JudgedEnd? reached = null;
        var result = await RunAsync(async batch =>
        {
            var cursor = await batch.Db.Set<AlertCursor>().AsTracking().SingleAsync(ct);
            if (await JudgedEnd.FindCutAsync(batch.Db, cursor.Sequence, end, time.Now(), ct) is { } place)
            {
                LogCut(cursor.Sequence, place);
                cursor.MoveTo(place);
                await TellCutAsync(batch, ct);
            }

            batch = batch with { After = cursor.Sequence };
            var found = await TrailEvent.After(batch.Db, cursor.Sequence, AtOnce).ToListAsync(ct);
            foreach (var rule in rules)
            {
                if (found.FindAll(rule.Concerns) is { Count: > 0 } concerned)
                {
                    await rule.JudgeAsync(batch, concerned, ct);
                }
            }

            if (found.Count > 0)
            {
                cursor.MoveTo(found[^1].Sequence);
            }

            reached = await JudgedEnd.ReadAsync(batch.Db, cursor.Sequence, end, found, time.Now(), ct);
            return found.Count;
        }, ct);

        // What could not be saved is judged in the next round.
        end = result.IsSuccess ? reached : end;
        return result.IsSuccess ? result.Value : 0;
    }

    private async Task TellCutAsync(AlertBatch batch, CancellationToken ct)
    {
        var now = time.Now();
        var open = await batch.Book.OpenAsync(AlertKind.TrailBroken, [AlertKeys.CutTrail], ct);
        batch.Book.Tell(open.GetValueOrDefault(AlertKeys.CutTrail),
            new AlertCause(AlertKind.TrailBroken, AlertKeys.CutTrail, now, now, Count: 1) { Act = AuditAct.AlertRaised });
    }

    private async Task TellLastingAsync(AlertBatch batch, AlertKind kind, CancellationToken ct)
    {
        var now = time.Now();
        var open = (await batch.Book.OpenAsync(kind, [AlertKeys.Clinic], ct)).GetValueOrDefault(AlertKeys.Clinic);
        var closed = await batch.Book.ClosedAsync(kind, [AlertKeys.Clinic], now - CountsAgainAfter, ct);
        if (!(open?.LastAt > now - CountsAgainAfter) && !closed.Contains(AlertKeys.Clinic))
        {
            batch.Book.Tell(open, new AlertCause(kind, AlertKeys.Clinic, now, now, Count: 1));
        }
    }

    /// <summary>Runs one transaction, which has an entry of its own in the trail when it raised something.</summary>
    private Task<Result<int>> RunAsync(Func<AlertBatch, Task<int>> body, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.AlertRaised);
        return gate.RunForProgramAsync<int>(request, async (db, trace) =>
        {
            var book = new AlertBook(db, [.. notifiers.Select(notifier => notifier.Name)], time);
            var answer = await body(new AlertBatch(db, After: 0, book, settings.Value.Alerts, time));
            trace.GoesOn = book.Raised == 0;
            trace.Remark = book.Remark;
            return answer;
        }, ct);
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The audit trail was cut: it had been judged up to {Judged}, and what came since stands after {Place}. It is judged from there")]
    private partial void LogCut(long judged, long place);

    [LoggerMessage(Level = LogLevel.Error, Message = "Alerts could not be looked for; what was not judged is judged later")]
    private partial void LogFault(Exception fault);
}
