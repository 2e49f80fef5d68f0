using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>What the owner of an account sees of it.</summary>
/// <param name="Email">Address to sign in with.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="TwoFactorEnabled">Whether a second factor is enrolled.</param>
/// <param name="TwoFactorMandatory">True for staff, who cannot switch it off.</param>
/// <param name="RecoveryCodesLeft">Recovery codes that were not used.</param>
public sealed record OwnAccount(string Email, string DisplayName, bool TwoFactorEnabled, bool TwoFactorMandatory, int RecoveryCodesLeft);

/// <summary>What an authenticator app needs to enrol.</summary>
/// <param name="Key">The key in base32, to type.</param>
/// <param name="Uri">The same as an <c>otpauth</c> URI, to scan.</param>
public sealed record EnrolmentKey(string Key, string Uri);

/// <summary>What was handed out when the enrolment was completed.</summary>
/// <param name="RecoveryCodes">Ten codes, shown this once.</param>
/// <param name="Session">The full session that takes the place of the waiting one.</param>
/// <param name="Browser">By what the browser is known from now on.</param>
public sealed record CompletedEnrolment(IReadOnlyList<string> RecoveryCodes, StartedSession Session, BrowserToken Browser);

/// <summary>What people do with their own account: second factor, recovery codes, password.</summary>
public sealed class OwnAccountService(
    ClinicDatabase database, SessionService sessions, SignInService signIn, KnownBrowsers browsers, RecoveryCodes recoveryCodes, Passwords passwords, FieldProtector protector, TimeProvider time)
{
    /// <summary>One's own account; also for a session that waits for enrolment.</summary>
    public Task<Result<OwnAccount>> GetAsync(Actor actor, CancellationToken ct) =>
        RunOnOwnAsync<OwnAccount>(actor, AuditAct.OwnAccountRead, async (db, account) => new OwnAccount(
            account.Email!, account.DisplayName, account.TwoFactorEnabled, account.Roles.HasAny(Roles.Staff),
            await db.RecoveryCodes.CountAsync(code => code.AccountId == account.Id && code.UsedAt == null, ct)), ct);

    /// <summary>
    /// The key to enrol with. A key that was begun stays the same until it is confirmed, so that a reloaded page still
    /// fits what was scanned. <see cref="ErrorKind.Denied"/> when a second factor is already in use.
    /// </summary>
    public Task<Result<EnrolmentKey>> BeginEnrolmentAsync(Actor actor, string issuer, CancellationToken ct) =>
        RunOnOwnAsync<EnrolmentKey>(actor, AuditAct.SecondFactorEnrolmentBegun, (_, account) =>
        {
            if (account.TwoFactorEnabled)
            {
                return Task.FromResult<Result<EnrolmentKey>>(Error.Denied);
            }

            var location = FieldLocation.Of<Account>(nameof(Account.AuthenticatorKey), account.Id);
            if (account.AuthenticatorKey is null)
            {
                account.BeginEnrolment(protector.Seal(Base32.Encode(RandomNumberGenerator.GetBytes(20)), location));
            }

            var key = protector.Open(account.AuthenticatorKey!, location);
            var label = Uri.EscapeDataString($"{issuer}:{account.Email}");
            return Task.FromResult<Result<EnrolmentKey>>(new EnrolmentKey(
                string.Join(' ', key.Chunk(4).Select(part => new string(part))),
                $"otpauth://totp/{label}?secret={key}&issuer={Uri.EscapeDataString(issuer)}&digits=6&period={Totp.StepSeconds}"));
        }, ct);

    /// <summary>
    /// Shows that the authenticator works. Success switches the second factor on, gives ten recovery codes and a new
    /// session, and ends every other one.
    /// </summary>
    public Task<Result<CompletedEnrolment>> CompleteEnrolmentAsync(Actor actor, string code, CancellationToken ct) =>
        RunOnOwnAsync<CompletedEnrolment>(actor, new Operation(Permission.SignIn, AuditAct.SecondFactorEnrolled) { Typed = [Typed.Plain("Code", code)] }, async (db, account) =>
        {
            if (account.TwoFactorEnabled)
            {
                return Error.Denied;
            }

            if (!signIn.UseCode(account, code))
            {
                return Error.Invalid("Code", "This code is not right. Wait for the next one and type it as the app shows it.");
            }

            account.CompleteEnrolment(account.LastTotpStep);
            account.SignedIn(time.Now());
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return new CompletedEnrolment(
                await recoveryCodes.RenewAsync(db, account.Id, ct), sessions.Start(db, account, SessionStage.Full, actor.Client),
                await browsers.RememberAsync(db, account, actor.Client.Browser, ct));
        }, ct);

    /// <summary>Ten new recovery codes against the password; the old ones end.</summary>
    public Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(Actor actor, string password, CancellationToken ct) =>
        RunWithPasswordAsync<IReadOnlyList<string>>(actor, AuditAct.RecoveryCodesRenewed, password, async (db, account) => account.TwoFactorEnabled
            ? Result.Of(await recoveryCodes.RenewAsync(db, account.Id, ct))
            : Error.Denied, ct);

    /// <summary>Switches a patient's second factor off, against the password. Staff get <see cref="ErrorKind.Denied"/>.</summary>
    public Task<Result<Done>> DisableSecondFactorAsync(Actor actor, string password, CancellationToken ct) =>
        RunWithPasswordAsync<Done>(actor, AuditAct.SecondFactorDisabled, password, async (db, account) =>
        {
            if (account.Roles.HasAny(Roles.Staff))
            {
                return Error.Denied;
            }

            account.ResetTwoFactor();
            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            return Done.Instance;
        }, ct);

    /// <summary>Changes the password against the present one, ends every other session and forgets all browsers.</summary>
    public Task<Result<Done>> ChangePasswordAsync(Actor actor, string currentPassword, string newPassword, CancellationToken ct) =>
        RunWithPasswordAsync<Done>(actor, AuditAct.PasswordChanged, currentPassword, async (db, account) =>
        {
            if (PasswordRules.Check(newPassword, account.DisplayName, account.Email!) is { Count: > 0 } findings)
            {
                return Error.Invalid([.. findings.Select(finding => new FieldError("NewPassword", finding))]);
            }

            account.SetPassword(passwords.Hash(account, newPassword));
            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: actor.SessionId, ct);
            return Done.Instance;
        }, ct);

    /// <summary>
    /// Proves again who sits here, with the password or an authenticator code, so that a sensitive act may follow within
    /// <see cref="AccessPolicy.ProofMinutes"/>. Failures count towards the lock.
    /// </summary>
    public Task<Result<Done>> ProveAsync(Actor actor, string passwordOrCode, CancellationToken ct) =>
        RunProvedAsync<Done>(actor, AuditAct.IdentityProved, account => IsProof(account, passwordOrCode), "Proof", "This is neither your password nor the present code.", async (db, _) =>
        {
            var session = await db.Sessions.AsTracking().SingleAsync(row => row.Id == actor.SessionId, ct);
            session.ProvedAt = time.Now();
            return Done.Instance;
        }, ct);

    private bool IsProof(Account account, string passwordOrCode) =>
        (account.TwoFactorEnabled && signIn.UseCode(account, passwordOrCode)) || passwords.Verify(account, passwordOrCode) != PasswordVerificationResult.Failed;

    private Task<Result<T>> RunOnOwnAsync<T>(Actor actor, AuditAct act, Func<ClinicDbContext, Account, Task<Result<T>>> body, CancellationToken ct) =>
        RunOnOwnAsync(actor, new Operation(Permission.SignIn, act), body, ct);

    private Task<Result<T>> RunOnOwnAsync<T>(Actor actor, Operation operation, Func<ClinicDbContext, Account, Task<Result<T>>> body, CancellationToken ct)
    {
        operation.SubjectId = actor.AccountId;
        return database.RunAsync<T>(actor, operation, async db =>
        {
            var account = await db.Accounts.AsTracking().SingleOrDefaultAsync(row => row.Id == actor.AccountId && row.Status == AccountStatus.Active, ct);
            return account is null ? Error.Denied : await body(db, account);
        }, ct, retry: true);
    }

    private Task<Result<T>> RunWithPasswordAsync<T>(
        Actor actor, AuditAct act, string password, Func<ClinicDbContext, Account, Task<Result<T>>> body, CancellationToken ct) =>
        RunProvedAsync(
            actor, act, account => passwords.Verify(account, password) != PasswordVerificationResult.Failed, "CurrentPassword", "This is not your present password.", body, ct);

    private Task<Result<T>> RunProvedAsync<T>(
        Actor actor, AuditAct act, Func<Account, bool> isProof, string field, Message refusal, Func<ClinicDbContext, Account, Task<Result<T>>> body, CancellationToken ct)
    {
        // Not for a session that still waits for its second factor: the password alone must not take that factor away.
        var operation = new Operation(Permission.OwnAccount, act);
        return RunOnOwnAsync<T>(actor, operation, async (db, account) =>
        {
            // Strangers who lock the account must not keep its owner from signing a record in an open session; the fifth
            // failure there ends every session, this one included.
            if (!await db.Sessions.AnyAsync(session => session.Id == actor.SessionId && session.RevokedAt == null, ct))
            {
                return Error.Denied;
            }

            if (isProof(account))
            {
                return await body(db, account);
            }

            // An open session is no way to guess the password without the lock noticing.
            operation.SaveRefusal = true;
            if (account.CountFailure(time.Now()))
            {
                operation.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Done));
                await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            }

            return Error.Invalid(field, refusal);
        }, ct);
    }
}
