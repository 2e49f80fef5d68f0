namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// A browser on which an account was signed in completely before. It is counted and locked by itself, so that strangers
/// who guess, and lock the account for everybody else, do not keep its owner out (OWASP, device cookies).
/// </summary>
internal sealed class KnownBrowser
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

    /// <summary>Failures there since the last success.</summary>
    public int FailedCount { get; set; }

    /// <summary>Until when this browser is locked.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>When it was locked last; a second lock within a day lasts longer.</summary>
    public DateTimeOffset? LastLockedAt { get; set; }
}
