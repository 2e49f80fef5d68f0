using System.Globalization;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>When failures lock: the same for an account and for one known browser of it (requirement S2-01).</summary>
internal static class Lockout
{
    /// <summary>After how long a failure no longer counts.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>
    /// How long this many failures lock: 30 minutes from the fifth on, 60 within 24 hours of the last lock; null for
    /// fewer.
    /// </summary>
    public static TimeSpan? LengthAfter(int failures, DateTimeOffset? lastLockedAt, DateTimeOffset now) =>
        failures < Account.FailuresUntilLock ? null : TimeSpan.FromMinutes(lastLockedAt > now.AddHours(-24) ? 60 : 30);

    /// <summary>Adds a failure to those of the last hour; answers with them, as seconds since 1970, and their number.</summary>
    public static (string Recent, int Count) Add(string recent, DateTimeOffset now)
    {
        var since = (now - Remembered).ToUnixTimeSeconds();
        var times = recent.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(time => long.Parse(time, CultureInfo.InvariantCulture)).Where(time => time > since).Append(now.ToUnixTimeSeconds())
                .ToList();
        return (string.Join(' ', times), times.Count);
    }
}
