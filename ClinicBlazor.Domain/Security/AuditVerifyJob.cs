using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Security;

/// <summary>
/// Verifies the audit trail beside everything else, one verification at a time: it goes on when whoever began it leaves the page or
/// signs out, and ends with the program. <see cref="State"/> is for those who may read the trail; whoever shows it asks for that.
/// </summary>
public sealed partial class AuditVerifyJob : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan BetweenNews = TimeSpan.FromMilliseconds(500);

    private readonly VerifyRun run;
    private readonly TimeProvider time;
    private readonly ILogger<AuditVerifyJob> log;
    private readonly Lock door = new();
    private CancellationTokenSource? stop;
    private bool ended;

    internal AuditVerifyJob(VerifyRun run, TimeProvider time, ILogger<AuditVerifyJob> log) =>
        (this.run, this.time, this.log) = (run, time, log);

    /// <summary>Raised at the beginning, now and then on the way, and at the end; on any thread.</summary>
    public event Action? Changed;

    /// <summary>How the present verification stands, or the last one; null when there was none since the program started.</summary>
    public VerifyState? State { get; private set; }

    /// <summary>Done when the present verification has ended.</summary>
    internal Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a verification. While one goes on, this is it.</summary>
    public async Task<Result<Done>> StartAsync(Actor actor, CancellationToken ct)
    {
        var begun = await run.AskAsync(actor, AuditAct.AuditVerifyBegun, ct);
        if (!begun.IsSuccess)
        {
            return begun;
        }

        lock (door)
        {
            if (stop is not null || ended)
            {
                return begun;
            }

            stop = new CancellationTokenSource();
            State = new VerifyState(actor.DisplayName, time.Now(), VerifyStage.Running);
            var (accountId, sessionId, token) = (actor.AccountId, actor.SessionId, stop.Token);

            // Not on the asker's own thread: SQLite works synchronously underneath.
            Completion = Task.Run(() => RunAsync(accountId, sessionId, token), CancellationToken.None);
        }

        Changed?.Invoke();
        return begun;
    }

    /// <summary>Stops the present verification; nothing happens where there is none.</summary>
    public async Task<Result<Done>> StopAsync(Actor actor, CancellationToken ct)
    {
        var asked = await run.AskAsync(actor, AuditAct.AuditVerifyStopped, ct);
        if (asked.IsSuccess && Present() is { } present)
        {
            await present.CancelAsync();
        }

        return asked;
    }

    void IDisposable.Dispose() => End();

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        End();
        await Completion;
    }

    private CancellationTokenSource? Present()
    {
        lock (door)
        {
            return stop;
        }
    }

    private void End()
    {
        lock (door)
        {
            ended = true;
        }

        Present()?.Cancel();
    }

    private async Task RunAsync(Guid? accountId, Guid? sessionId, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var told = started;
        try
        {
            var found = await run.VerifyAsync(accountId, sessionId, new Steps(progress =>
            {
                State = State! with { Progress = progress };
                if (time.GetElapsedTime(told) >= BetweenNews)
                {
                    told = time.GetTimestamp();
                    Changed?.Invoke();
                }
            }), ct);
            Finish(VerifyStage.Finished, found, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Finish(VerifyStage.Stopped, found: null, time.GetElapsedTime(started));
        }
        catch (Exception fault)
        {
            LogFault(fault);
            Finish(VerifyStage.Failed, found: null, time.GetElapsedTime(started));
        }
    }

    private void Finish(VerifyStage stage, AuditVerification? found, TimeSpan took)
    {
        lock (door)
        {
            State = State! with { Stage = stage, Found = found, Took = took };
            stop = null;
        }

        Changed?.Invoke();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail could not be verified to its end")]
    private partial void LogFault(Exception fault);

    // In the order in which they come, on the thread that reports them.
    private sealed class Steps(Action<AuditProgress> take) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => take(value);
    }
}
