using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>How an attempt to sign in ended.</summary>
/// <param name="Session">The session; null when the attempt failed, for whatever reason.</param>
public sealed record SignInAttempt(StartedSession? Session)
{
    /// <summary>The one answer to a wrong password, a wrong code, an unknown, locked or switched-off account.</summary>
    public static SignInAttempt Failed { get; } = new((StartedSession?)null);
}

/// <summary>
/// Signs in: the password first, then the second factor. Every failure looks the same and costs the same, is counted
/// on the account, and is audited.
/// </summary>
public sealed class SignInService(ClinicDatabase database, SessionService sessions, Passwords passwords, FieldProtector protector, RecoveryCodes recoveryCodes, TimeProvider time)
{
    /// <summary>Checks the password. A success begins a session, which may still wait for the second factor.</summary>
    public Task<Result<SignInAttempt>> PasswordAsync(Actor actor, string email, string password, CancellationToken ct)
    {
        var operation = new Operation(Permission.SignIn, AuditAct.SignIn);
        return database.RunAsync<SignInAttempt>(actor, operation, async db =>
        {
            var normalized = Account.Normalize(email);
            var account = await db.Accounts.AsTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, ct);
            var verdict = passwords.Verify(account, password);
            operation.AccountId = account?.Id;
            if (account is not { Status: AccountStatus.Active } || account.IsLocked(time.Now()))
            {
                return Fail(operation);
            }

            if (verdict == PasswordVerificationResult.Failed)
            {
                return CountAndFail(account, operation);
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
                account.SignedIn(time.Now());
            }
            else
            {
                account.PasswordAccepted();
            }

            return new SignInAttempt(sessions.Start(db, account, stage, actor.Client));
        }, ct, retry: true);
    }

    /// <summary>Checks an authenticator code. A success ends the waiting session and begins a full one.</summary>
    public Task<Result<SignInAttempt>> SecondFactorAsync(Actor actor, string code, CancellationToken ct) =>
        SecondStepAsync(actor, AuditAct.SecondFactor, (_, account) => Task.FromResult(UseCode(account, code)), ct);

    /// <summary>Checks a recovery code, which is used up by it.</summary>
    public Task<Result<SignInAttempt>> RecoveryCodeAsync(Actor actor, string code, CancellationToken ct) =>
        SecondStepAsync(actor, AuditAct.RecoveryCodeUsed, (db, account) => recoveryCodes.UseAsync(db, account.Id, code, ct), ct);

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
        Actor actor, AuditAct act, Func<ClinicDbContext, Account, Task<bool>> isRightAsync, CancellationToken ct)
    {
        var operation = new Operation(Permission.SignIn, act) { AccountId = actor.AccountId };
        return database.RunAsync<SignInAttempt>(actor, operation, async db =>
        {
            var now = time.Now();
            var waiting = await db.Sessions.AsTracking().SingleOrDefaultAsync(
                session => session.Id == actor.SessionId && session.Stage == SessionStage.AwaitingSecondFactor && session.RevokedAt == null && session.ExpiresAt > now, ct);
            var account = waiting is null ? null : await db.Accounts.AsTracking().SingleOrDefaultAsync(row => row.Id == waiting.AccountId, ct);
            if (waiting is null || account is not { Status: AccountStatus.Active } || account.IsLocked(now))
            {
                return Fail(operation);
            }

            if (!await isRightAsync(db, account))
            {
                return CountAndFail(account, operation);
            }

            account.SignedIn(now);
            waiting.Revoke(SessionEnd.Replaced, now);
            return new SignInAttempt(sessions.Start(db, account, SessionStage.Full, actor.Client));
        }, ct, retry: true);
    }

    private SignInAttempt CountAndFail(Account account, Operation operation)
    {
        if (account.CountFailure(time.Now()))
        {
            operation.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Done));
        }

        return Fail(operation);
    }

    private static SignInAttempt Fail(Operation operation)
    {
        operation.Outcome = AuditOutcome.Failed;
        return SignInAttempt.Failed;
    }
}
