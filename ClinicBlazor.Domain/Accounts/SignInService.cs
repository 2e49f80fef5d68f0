using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>How an attempt to sign in ended.</summary>
/// <param name="Session">The session; null when the attempt failed, for whatever reason.</param>
/// <param name="Browser">By what the browser is known from now on; null until the sign-in is complete.</param>
public sealed record SignInAttempt(StartedSession? Session, BrowserToken? Browser = null)
{
    /// <summary>The one answer to a wrong password, code or passkey, an unknown, locked or switched-off account.</summary>
    public static SignInAttempt Failed { get; } = new((StartedSession?)null);
}

/// <summary>
/// Signs in: the password first, then the second factor; or, for staff, a passkey, which is both at once. Every failure
/// looks the same and costs the same, is counted on the account, and is audited. On a browser that the account knows it
/// is counted there, and only a lock of that browser holds it up: strangers who lock the account do not lock its owner
/// out.
/// </summary>
public sealed class SignInService(
    ClinicDatabase database, SessionService sessions, KnownBrowsers browsers, Passwords passwords, FieldProtector protector, RecoveryCodes recoveryCodes, TimeProvider time)
{
    /// <summary>Checks the password. A success begins a session, which may still wait for the second factor.</summary>
    public Task<Result<SignInAttempt>> PasswordAsync(Actor actor, string email, string password, CancellationToken ct)
    {
        var operation = new Operation(Permission.SignIn, AuditAct.SignIn) { Typed = [Typed.Plain("Email", email)] };
        return database.RunAsync<SignInAttempt>(actor, operation, async db =>
        {
            var normalized = Account.Normalize(email);
            var account = await db.Accounts.AsTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, ct);
            var browser = await browsers.FindAsync(db, account, actor.Client.Browser, ct);
            var verdict = passwords.Verify(account, password);
            operation.AccountId = account?.Id;
            if (account is not { Status: AccountStatus.Active } || IsLocked(account, browser))
            {
                return Fail(operation);
            }

            if (verdict == PasswordVerificationResult.Failed)
            {
                return CountAndFail(account, browser, operation);
            }

            if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            {
                account.Rehash(passwords.Hash(account, password));
            }

            var stage = account.TwoFactorEnabled ? SessionStage.AwaitingSecondFactor
                : account.MustEnrol ? SessionStage.AwaitingEnrolment
                : SessionStage.Full;
            if (stage == SessionStage.Full)
            {
                return await CompleteAsync(db, account, actor, ct);
            }

            account.Judged();
            return new SignInAttempt(sessions.Start(db, account, stage, actor.Client));
        }, ct, retry: true);
    }

    /// <summary>Checks an authenticator code. A success ends the waiting session and begins a full one.</summary>
    public Task<Result<SignInAttempt>> SecondFactorAsync(Actor actor, string code, CancellationToken ct) =>
        SecondStepAsync(actor, AuditAct.SecondFactor, code, (_, account) => Task.FromResult(UseCode(account, code)), ct);

    /// <summary>Checks a recovery code, which is used up by it.</summary>
    public Task<Result<SignInAttempt>> RecoveryCodeAsync(Actor actor, string code, CancellationToken ct) =>
        SecondStepAsync(actor, AuditAct.RecoveryCodeUsed, code, (db, account) => recoveryCodes.UseAsync(db, account.Id, code, ct), ct);

    /// <summary>
    /// Checks a signature of a passkey, whose authenticator has asked for a PIN or a finger. A success begins a full
    /// session.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="credentialId">The authenticator's name for the credential.</param>
    /// <param name="challengedAt">When the challenge that was signed was handed out.</param>
    /// <param name="verifyAsync">Verifies the signature against the credential and its account; null when it is not right.</param>
    /// <param name="ct">The client went away.</param>
    public Task<Result<SignInAttempt>> PasskeyAsync(
        Actor actor, byte[] credentialId, DateTimeOffset challengedAt, Func<Guid, PasskeyData, Task<PasskeyUse?>> verifyAsync, CancellationToken ct)
    {
        var operation = new Operation(Permission.SignIn, AuditAct.PasskeyUsed);
        return database.RunAsync<SignInAttempt>(actor, operation, async db =>
        {
            var passkey = await db.Passkeys.AsTracking().SingleOrDefaultAsync(row => row.CredentialId == credentialId, ct);
            var account = passkey is null ? null : await db.Accounts.AsTracking().SingleAsync(row => row.Id == passkey.AccountId, ct);
            var browser = await browsers.FindAsync(db, account, actor.Client.Browser, ct);
            operation.AccountId = account?.Id;
            if (passkey is null || account is not { Status: AccountStatus.Active, MustEnrol: false } || !account.Roles.HasAny(Roles.Staff) || IsLocked(account, browser))
            {
                return Fail(operation);
            }

            if (await verifyAsync(account.Id, passkey.ToData()) is not { } use || !passkey.TryUse(use, challengedAt, time.Now()))
            {
                return CountAndFail(account, browser, operation);
            }

            return await CompleteAsync(db, account, actor, ct);
        }, ct, retry: true);
    }

    /// <summary>True when the code is right and was not used before; it is used up then.</summary>
    internal bool UseCode(Account account, string code)
    {
        if (account.AuthenticatorKey is not { } key)
        {
            return false;
        }

        var secret = Base32.Decode(protector.Open(key, FieldLocation.Of<Account>(nameof(Account.AuthenticatorKey), account.Id)));
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (!new Totp(secret, time).VerifyTotp(digits, out var step, VerificationWindow.RfcSpecifiedNetworkDelay) || step <= account.LastTotpStep)
        {
            return false;
        }

        account.UseTotpStep(step);
        return true;
    }

    private Task<Result<SignInAttempt>> SecondStepAsync(
        Actor actor, AuditAct act, string code, Func<ClinicDbContext, Account, Task<bool>> isRightAsync, CancellationToken ct)
    {
        var operation = new Operation(Permission.SignIn, act) { AccountId = actor.AccountId, Typed = [Typed.Plain("Code", code)] };
        return database.RunAsync<SignInAttempt>(actor, operation, async db =>
        {
            var now = time.Now();
            var waiting = await db.Sessions.AsTracking().SingleOrDefaultAsync(
                session => session.Id == actor.SessionId && session.Stage == SessionStage.AwaitingSecondFactor && session.RevokedAt == null && session.ExpiresAt > now, ct);
            var account = waiting is null ? null : await db.Accounts.AsTracking().SingleOrDefaultAsync(row => row.Id == waiting.AccountId, ct);
            var browser = await browsers.FindAsync(db, account, actor.Client.Browser, ct);
            if (waiting is null || account is not { Status: AccountStatus.Active } || IsLocked(account, browser))
            {
                return Fail(operation);
            }

            if (!await isRightAsync(db, account))
            {
                return CountAndFail(account, browser, operation);
            }

            waiting.Revoke(SessionEnd.Replaced, now);
            return await CompleteAsync(db, account, actor, ct);
        }, ct, retry: true);
    }

    private async Task<SignInAttempt> CompleteAsync(ClinicDbContext db, Account account, Actor actor, CancellationToken ct)
    {
        account.SignedIn(time.Now());
        return new SignInAttempt(
            sessions.Start(db, account, SessionStage.Full, actor.Client), await browsers.RememberAsync(db, account, actor.Client.Browser, ct));
    }

    private bool IsLocked(Account account, KnownBrowser? browser) => browser?.IsLocked(time.Now()) ?? account.IsLocked(time.Now());

    private SignInAttempt CountAndFail(Account account, KnownBrowser? browser, Operation operation)
    {
        if (browser is null)
        {
            if (account.CountFailure(time.Now()))
            {
                operation.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Done));
            }

            return Fail(operation);
        }

        account.Judged();
        if (browser.CountFailure(time.Now()))
        {
            operation.AlsoHappened.Add((AuditAct.BrowserLocked, AuditOutcome.Done));
        }

        return Fail(operation);
    }

    private static SignInAttempt Fail(Operation operation)
    {
        operation.Outcome = AuditOutcome.Failed;
        return SignInAttempt.Failed;
    }
}
