using System.Threading.RateLimiting;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// Records input that looks like an attack (requirement S4-08). The audit trail gets an entry as long as nobody floods it;
/// whoever goes on typing the same text is recorded once.
/// </summary>
public sealed partial class AttackRecorder(AttackReport report, ILogger<AttackRecorder> log) : IDisposable
{
    private const int EntriesPerMinute = 30;
    private static readonly TimeSpan SameText = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<Actor> byAddress = PartitionedRateLimiter.Create<Actor, string>(actor =>
        RateLimitPartition.GetFixedWindowLimiter(
            actor.Client.Address,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = EntriesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    private readonly PartitionedRateLimiter<Actor> typing = PartitionedRateLimiter.Create<Actor, Guid>(actor =>
        RateLimitPartition.GetFixedWindowLimiter(
            actor.SessionId ?? Guid.Empty, _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = SameText }));

    /// <inheritdoc />
    public void Dispose()
    {
        byAddress.Dispose();
        typing.Dispose();
    }

    /// <summary>Records what was sent in a request.</summary>
    public async Task RecordAsync(Actor actor, bool refused, CancellationToken ct)
    {
        if (!refused)
        {
            LogSeen(actor.AccountId, actor.SessionId);
        }

        using var lease = byAddress.AttemptAcquire(actor);
        if (lease.IsAcquired)
        {
            await report.WriteAsync(actor, refused, ct);
        }
    }

    /// <summary>Records what somebody types in a circuit, which sends the whole text again with each key.</summary>
    public async Task RecordTypingAsync(Actor actor, CancellationToken ct)
    {
        using var lease = typing.AttemptAcquire(actor);
        if (lease.IsAcquired)
        {
            await RecordAsync(actor, refused: false, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Input that looks like an attack, by account {AccountId} in session {SessionId}")]
    private partial void LogSeen(Guid? accountId, Guid? sessionId);
}
