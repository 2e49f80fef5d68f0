using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>How far a sign-in has come.</summary>
public enum SessionStage
{
    /// <summary>The password was right, the second factor is still asked for.</summary>
    AwaitingSecondFactor,

    /// <summary>Staff without a second factor: nothing opens but enrolment.</summary>
    AwaitingEnrolment,

    /// <summary>Signed in.</summary>
    Full,
}

/// <summary>Whose session it is, which decides how long it may lie idle.</summary>
public enum SessionKind
{
    /// <summary>A patient's, on a tablet or at home.</summary>
    Patient,

    /// <summary>A member of staff's.</summary>
    Staff,

    /// <summary>An enrolled tablet that was handed over for one visit's intake.</summary>
    Kiosk,
}

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>Its owner signed out.</summary>
    SignedOut,

    /// <summary>Its owner ended it from another session.</summary>
    EndedByOwner,

    /// <summary>An administrator ended it.</summary>
    EndedByAdministrator,

    /// <summary>Nobody did anything for too long.</summary>
    Idle,

    /// <summary>Its absolute life was over.</summary>
    Expired,

    /// <summary>Its cookie came from another network address or another browser.</summary>
    ClientChanged,

    /// <summary>A password, a second factor or the account's standing changed.</summary>
    AccountChanged,

    /// <summary>Whoever sat there could not show who they are.</summary>
    ProofFailed,

    /// <summary>The next step of the sign-in, or another sign-in on the same browser, took its place.</summary>
    Replaced,
}

/// <summary>A sign-in on one browser. This row is the truth; the cookie only names it.</summary>
internal sealed class Session : ICredential
{
    /// <summary>Absolute life of a staff session, in hours.</summary>
    public const int StaffHours = 12;

    /// <summary>Absolute life of a patient's session, in hours.</summary>
    public const int PatientHours = 2;

    /// <summary>Life of a session that waits for its second factor or enrolment, in minutes.</summary>
    public const int PendingMinutes = 15;

    /// <summary>Id, for audit and lists; opens nothing.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Keyed hash of the 256-bit token in the cookie.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>How far the sign-in has come.</summary>
    public required SessionStage Stage { get; init; }

    /// <summary>Which idle limit it has.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When its person last did something: pressed, typed, opened a page. Nothing that a page does by itself counts.</summary>
    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>When the password, a second factor or a passkey was last proved.</summary>
    public required DateTimeOffset ProvedAt { get; set; }

    /// <summary>Failed proofs since the last good one; they count on this session alone, and the fifth ends it.</summary>
    public int FailedProofs { get; private set; }

    /// <summary>Network address at the start.</summary>
    public required string Address { get; init; }

    /// <summary>Browser at the start.</summary>
    public required string UserAgent { get; init; }

    /// <summary>When it was ended; null while it lives.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Why it was ended; null while it lives.</summary>
    public SessionEnd? End { get; private set; }

    /// <summary>Its person has shown again who sits there.</summary>
    public void Prove(DateTimeOffset now) => (ProvedAt, FailedProofs) = (now, 0);

    /// <summary>Counts a failed proof. Returns true when it ended the session.</summary>
    public bool FailProof(DateTimeOffset now)
    {
        FailedProofs++;
        if (FailedProofs < Account.FailuresUntilLock)
        {
            return false;
        }

        Revoke(SessionEnd.ProofFailed, now);
        return true;
    }

    /// <summary>Ends it; a second time changes nothing.</summary>
    public void Revoke(SessionEnd end, DateTimeOffset now)
    {
        if (RevokedAt is null)
        {
            (RevokedAt, End) = (now, end);
        }
    }
}

/// <summary>One of ten ways in without the authenticator, each used once.</summary>
internal sealed class RecoveryCode : ICredential
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Keyed hash of the code.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it was used up.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>What a mailed link is good for.</summary>
internal enum AccountTokenPurpose
{
    /// <summary>Confirm the address and choose the first password.</summary>
    Invitation,

    /// <summary>Choose a new password.</summary>
    PasswordReset,
}

/// <summary>A mailed link: random, for one use, for a limited time, stored as a hash.</summary>
internal sealed class AccountToken : ICredential
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>What it is good for.</summary>
    public required AccountTokenPurpose Purpose { get; init; }

    /// <summary>Keyed hash of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
