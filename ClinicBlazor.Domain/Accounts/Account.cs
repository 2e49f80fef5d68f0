using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>A person's way in: an ASP.NET Core Identity user with what a clinic adds to it.</summary>
internal sealed class Account : IdentityUser<Guid>, ISealedRow, IPowerHolder
{
    /// <summary>Failed attempts that lock an account.</summary>
    public const int FailuresUntilLock = 5;

    /// <summary>How long a secret that was shown for enrolment may be confirmed, in minutes.</summary>
    public const int EnrolmentMinutes = 15;

    private readonly List<AccountWord> words = [];

    private Account()
    {
    }

    /// <summary>An account that waits for its owner to choose a password.</summary>
    public Account(Guid id, string email, string displayName, Roles roles)
    {
        Id = id;
        Email = UserName = email;
        NormalizedEmail = NormalizedUserName = Normalize(email);
        DisplayName = displayName;
        Roles = roles;
        Index();
        Renew();
    }

    /// <summary>Name to greet and to sign with.</summary>
    public string DisplayName { get; private set; } = "";

    /// <summary>Whose account it is.</summary>
    public AccountKind Kind { get; private set; }

    /// <summary>The words by which it is found.</summary>
    public IReadOnlyCollection<AccountWord> Words => words;

    /// <summary>What the person is to the clinic.</summary>
    public Roles Roles { get; private set; }

    /// <summary>Whether it can be used.</summary>
    public AccountStatus Status { get; private set; } = AccountStatus.Invited;

    /// <summary>The patient that this account was linked to.</summary>
    public Guid? PatientId { get; private set; }

    /// <summary>The TOTP secret in base32 (RFC 6238), once enrolment has begun.</summary>
    public SealedText? AuthenticatorKey { get; private set; }

    /// <summary>When that secret was made and shown.</summary>
    public DateTimeOffset? AuthenticatorKeyAt { get; private set; }

    /// <summary>When the failures of the last hour happened (<see cref="Lockout"/>).</summary>
    public string RecentFailures { get; private set; } = "";

    /// <summary>The last time step whose code was accepted; that code and older ones are used up.</summary>
    public long LastTotpStep { get; private set; }

    /// <summary>When the account was locked last; a second lock within a day lasts longer.</summary>
    public DateTimeOffset? LastLockedAt { get; private set; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset? LastSignInAt { get; private set; }

    /// <summary>True when a full sign-in needs a second factor that is not there yet.</summary>
    public bool MustEnrol => IsStaff && !TwoFactorEnabled;

    /// <summary>True for an account of the clinic's own people, also while its roles wait for a second person.</summary>
    public bool IsStaff => Kind == AccountKind.Staff;

    /// <summary>True for a patient's account that somebody asked for and nobody took: the address was never shown to be theirs.</summary>
    public bool IsUnclaimed => Status == AccountStatus.Invited && Roles == Roles.Patient && PatientId is null;

    RowOwner ISealedRow.Owner => new(Id);

    /// <summary>The form in which e-mail addresses are compared.</summary>
    public static string Normalize(string email) => email.Trim().Normalize().ToUpperInvariant();

    /// <summary>True while locked.</summary>
    public bool IsLocked(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>Takes the hash of a new password. A lock stays closed: a reset is no way round it.</summary>
    public void SetPassword(string hash)
    {
        PasswordHash = hash;
        Renew();
    }

    /// <summary>The owner has opened the link that was sent to the address: an invited account comes into use.</summary>
    public void ConfirmEmail()
    {
        EmailConfirmed = true;
        if (Status == AccountStatus.Invited)
        {
            Status = AccountStatus.Active;
        }
    }

    /// <summary>
    /// Counts a failed password, code, recovery code or passkey. The fifth within an hour locks for 30 minutes, or 60 when the
    /// account was locked within the last 24 hours. Returns true when it locked now.
    /// </summary>
    public bool CountFailure(DateTimeOffset now)
    {
        (RecentFailures, AccessFailedCount) = Lockout.Add(RecentFailures, now);
        Touch();
        if (Lockout.LengthAfter(AccessFailedCount, LastLockedAt, now) is not { } length)
        {
            return false;
        }

        (LockoutEnd, LastLockedAt, AccessFailedCount, RecentFailures) = (now + length, now, 0, "");
        return true;
    }

    /// <summary>
    /// The password was right and a second factor is still asked for, or a failure was counted on a known browser.
    /// Nothing changes but the row's version: of many guesses at once the right one is judged again when a wrong one was
    /// counted in between, and meets the lock.
    /// </summary>
    public void Judged() => Touch();

    /// <summary>A full sign-in forgets earlier failures.</summary>
    public void SignedIn(DateTimeOffset now)
    {
        (AccessFailedCount, RecentFailures) = (0, "");
        LastSignInAt = now;
        Touch();
    }

    /// <summary>An administrator opens a lock; the longer second lock stays due.</summary>
    public void Unlock()
    {
        LockoutEnd = null;
        (AccessFailedCount, RecentFailures) = (0, "");
        Touch();
    }

    /// <summary>Remembers the time step of an accepted code so that it is not accepted twice.</summary>
    public void UseTotpStep(long step)
    {
        LastTotpStep = step;
        Touch();
    }

    /// <summary>Takes the secret that the person is about to enrol, in place of one that was not confirmed.</summary>
    public void BeginEnrolment(SealedText key, DateTimeOffset now)
    {
        (AuthenticatorKey, AuthenticatorKeyAt) = (key, now);
        LastTotpStep = 0;
        TwoFactorEnabled = false;
        Touch();
    }

    /// <summary>True while the secret that was shown last may still be confirmed.</summary>
    public bool CanCompleteEnrolment(DateTimeOffset now) =>
        !TwoFactorEnabled && AuthenticatorKey is not null && AuthenticatorKeyAt > now.AddMinutes(-EnrolmentMinutes);

    /// <summary>The person has shown that the authenticator works.</summary>
    public void CompleteEnrolment(long step)
    {
        TwoFactorEnabled = true;
        LastTotpStep = step;
        Renew();
    }

    /// <summary>Takes the second factor away; staff must enrol again before anything opens.</summary>
    public void ResetTwoFactor()
    {
        (AuthenticatorKey, AuthenticatorKeyAt) = (null, null);
        TwoFactorEnabled = false;
        LastTotpStep = 0;
        Renew();
    }

    /// <summary>Gives the account other roles. A patient's account stays a patient's, staff stays staff.</summary>
    public void ChangeRoles(Roles roles)
    {
        Roles = roles;
        Renew();
    }

    /// <summary>Switches the account off.</summary>
    public void Deactivate()
    {
        Status = AccountStatus.Deactivated;
        Renew();
    }

    /// <summary>Switches the account on again; without a password it is invited again.</summary>
    public void Reactivate()
    {
        Status = PasswordHash is null ? AccountStatus.Invited : AccountStatus.Active;
        Renew();
    }

    /// <summary>Links the account to the patient whose identity document was seen.</summary>
    public void LinkTo(Guid patientId)
    {
        PatientId = patientId;
        Touch();
    }

    /// <summary>Undoes the link: the account is nobody's any more.</summary>
    public void Unlink()
    {
        PatientId = null;
        Touch();
    }

    /// <summary>
    /// A patient was assigned to the account, or asked for on its behalf. Nothing changes but the row's version: who
    /// assigns while somebody takes the role away, or switches the account off, judges again.
    /// </summary>
    public void Assigned() => Touch();

    /// <summary>
    /// A passkey was added or removed. Nothing changes but the row's version: of two that are added at once one counts
    /// the other.
    /// </summary>
    public void PasskeysChanged() => Touch();

    /// <summary>
    /// An administrator invites whoever reads the address, for which a stranger may have asked for a patient's account before:
    /// nothing of that is left.
    /// </summary>
    public void InviteAs(string displayName, Roles roles)
    {
        (DisplayName, Roles) = (displayName, roles);
        Index();
        Renew();
    }

    /// <summary>Gives the row a new version: of two that change it at once one is told.</summary>
    internal void Touch() => ConcurrencyStamp = Guid.CreateVersion7().ToString("N");

    private void Index()
    {
        Kind = Roles.HasAny(Roles.Patient) ? AccountKind.Patient : AccountKind.Staff;
        AccountWord.Renew(words, this);
    }

    private void Renew()
    {
        SecurityStamp = Guid.CreateVersion7().ToString("N");
        Touch();
    }
}
