namespace ClinicBlazor.Domain.Accounts;

/// <summary>When failures lock: the same for an account and for one known browser of it (requirement S2-01).</summary>
internal static class Lockout
{
    /// <summary>How long this many failures lock: 30 minutes from the fifth on, 60 within 24 hours of the last lock; null for fewer.</summary>
    public static TimeSpan? LengthAfter(int failures, DateTimeOffset? lastLockedAt, DateTimeOffset now) =>
        failures < Account.FailuresUntilLock ? null : TimeSpan.FromMinutes(lastLockedAt > now.AddHours(-24) ? 60 : 30);
}
