using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Whether an account can be used.</summary>
public enum AccountStatus
{
    /// <summary>Made, but its owner has not yet opened the link that was sent.</summary>
    Invited,

    /// <summary>In use.</summary>
    Active,

    /// <summary>Switched off by an administrator; kept, since the audit names it.</summary>
    Deactivated,
}

/// <summary>A person's way in: an ASP.NET Core Identity user with what a clinic adds to it.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>Failed attempts that lock an account.</summary>
    public const int FailuresUntilLock = 5;

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
        NameKey = Patients.Patient.SearchKey(displayName);
        Roles = roles;
        Renew();
    }

    /// <summary>Name to greet and to sign with.</summary>
    public string DisplayName { get; private set; } = "";

    /// <summary><see cref="DisplayName"/> as it is searched.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>What the person is to the clinic.</summary>
    public Roles Roles { get; private set; }

    /// <summary>Whether it can be used.</summary>
    public AccountStatus Status { get; private set; } = AccountStatus.Invited;

    /// <summary>The patient that this account was linked to.</summary>
    public Guid? PatientId { get; private set; }

    /// <summary>The TOTP secret in base32 (RFC 6238), once enrolment has begun.</summary>
    public SealedText? AuthenticatorKey { get; private set; }

    /// <summary>The last time step whose code was accepted; that code and older ones are used up.</summary>
    public long LastTotpStep { get; private set; }

    /// <summary>When the account was locked last; a second lock within a day lasts longer.</summary>
    public DateTimeOffset? LastLockedAt { get; private set; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset? LastSignInAt { get; private set; }

    /// <summary>True when a full sign-in needs a second factor that is not there yet.</summary>
    public bool MustEnrol => Roles.HasAny(Roles.Staff) && !TwoFactorEnabled;

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

    /// <summary>Replaces the hash of the same password by one with the present number of iterations.</summary>
    public void Rehash(string hash)
    {
        PasswordHash = hash;
        Touch();
    }

    /// <summary>
    /// Counts a failed password, code, recovery code or passkey. The fifth locks for 30 minutes, or 60 when the account was
    /// locked within the last 24 hours. Returns true when it locked now.
    /// </summary>
    public bool CountFailure(DateTimeOffset now)
    {
        AccessFailedCount++;
        Touch();
        if (Lockout.LengthAfter(AccessFailedCount, LastLockedAt, now) is not { } length)
        {
            return false;
        }

        (LockoutEnd, LastLockedAt, AccessFailedCount) = (now + length, now, 0);
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
        AccessFailedCount = 0;
        LastSignInAt = now;
        Touch();
    }

    /// <summary>An administrator opens a lock; the longer second lock stays due.</summary>
    public void Unlock()
    {
        LockoutEnd = null;
        AccessFailedCount = 0;
        Touch();
    }

    /// <summary>Remembers the time step of an accepted code so that it is not accepted twice.</summary>
    public void UseTotpStep(long step)
    {
        LastTotpStep = step;
        Touch();
    }

    /// <summary>Takes the secret that the person is about to enrol.</summary>
    public void BeginEnrolment(SealedText key)
    {
        AuthenticatorKey = key;
        LastTotpStep = 0;
        TwoFactorEnabled = false;
        Touch();
    }

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
        AuthenticatorKey = null;
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

    /// <summary>
    /// A passkey was added or removed. Nothing changes but the row's version: of two that are added at once one counts
    /// the other.
    /// </summary>
    public void PasskeysChanged() => Touch();

    private void Touch() => ConcurrencyStamp = Guid.CreateVersion7().ToString("N");

    private void Renew()
    {
        SecurityStamp = Guid.CreateVersion7().ToString("N");
        Touch();
    }
}
