using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// A browser on which an account was signed in completely before. It is counted and locked by itself, so that strangers
/// who guess, and lock the account for everybody else, do not keep its owner out (OWASP, device cookies).
/// </summary>
internal sealed class KnownBrowser : ICredential
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose sign-in it was.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Keyed hash of the 256-bit token in the browser's cookie.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>When the account was first signed in there.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last signed in there; a browser that was not used for a year is a stranger again.</summary>
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>Failures there since the last success, within the last hour.</summary>
    public int FailedCount { get; private set; }

    /// <summary>When they happened (<see cref="Lockout"/>).</summary>
    public string RecentFailures { get; private set; } = "";

    /// <summary>Until when this browser is locked.</summary>
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>When it was locked last; a second lock within a day lasts longer.</summary>
    public DateTimeOffset? LastLockedAt { get; private set; }

    /// <summary>True while locked.</summary>
    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    /// <summary>Counts a failure, as <see cref="Account.CountFailure"/> does. Returns true when it locked now.</summary>
    public bool CountFailure(DateTimeOffset now)
    {
        (RecentFailures, FailedCount) = Lockout.Add(RecentFailures, now);
        if (Lockout.LengthAfter(FailedCount, LastLockedAt, now) is not { } length)
        {
            return false;
        }

        (LockedUntil, LastLockedAt, FailedCount, RecentFailures) = (now + length, now, 0, "");
        return true;
    }

    /// <summary>A complete sign-in forgets earlier failures.</summary>
    public void SignedIn(DateTimeOffset now) => (FailedCount, RecentFailures, LastUsedAt) = (0, "", now);

    /// <summary>An administrator opens a lock; the longer second lock stays due.</summary>
    public void Unlock() => (FailedCount, RecentFailures, LockedUntil) = (0, "", null);
}
