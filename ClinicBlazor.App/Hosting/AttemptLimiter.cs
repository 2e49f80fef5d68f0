using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// So many attempts in any minute and so many in any hour, decided together: what one limit refuses uses nothing of the
/// other up, as a chain of the framework's limiters would. It follows the application's clock, which theirs do not.
/// </summary>
internal sealed class AttemptLimiter(int perMinute, int perHour, TimeProvider time) : RateLimiter
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly List<DateTimeOffset> taken = [];
    private DateTimeOffset emptySince = time.GetUtcNow();

    /// <summary>How long there has been nothing to remember, so that the framework may let go of this limiter.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                Forget(now);
                return taken.Count == 0 ? now - emptySince : null;
            }
        }
    }

    /// <inheritdoc />
    public override RateLimiterStatistics? GetStatistics() => null;

    /// <inheritdoc />
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            Forget(now);
            var (minute, hour) = (WaitFor(perMinute, Minute, now), WaitFor(perHour, Hour, now));
            var wait = minute > hour ? minute : hour;
            if (wait > TimeSpan.Zero)
            {
                return new Lease(wait);
            }

            taken.Add(now);
            return Lease.Granted;
        }
    }

    /// <inheritdoc />
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(permitCount));

    // The oldest of the last so many attempts has to leave the window first.
    private TimeSpan WaitFor(int permits, TimeSpan window, DateTimeOffset now) =>
        taken.Count < permits ? TimeSpan.Zero : taken[^permits] + window - now;

    private void Forget(DateTimeOffset now)
    {
        if (taken.Count > 0 && taken.RemoveAll(at => at + Hour <= now) > 0 && taken.Count == 0)
        {
            emptySince = now;
        }
    }

    /// <summary>An attempt that was let through, or how long to wait.</summary>
    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public static Lease Granted { get; } = new(wait: null);

        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
