using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
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
    ClinicGate gate, SessionService sessions, KnownBrowsers browsers, AccountManagers managers, TimeProvider time)
{
    /// <summary>Checks the password. A success begins a session, which may still wait for the second factor.</summary>
    public Task<Result<SignInAttempt>> PasswordAsync(Actor actor, string email, string password, CancellationToken ct)
    {
        // Of many right passwords at once each is judged again after the one before; the hash is compared but once.
        (string? Of, bool IsRight)? verdict = null;
        var request = new AccessRequest(Permission.SignIn, AuditAct.SignIn);
        return gate.RunAsync<SignInAttempt>(actor, request, async (db, trace) =>
        {
            using var users = managers.Over(db);
            var account = await users.FindByEmailAsync(email.Trim());
            var browser = await browsers.FindAsync(db, account, actor.Client.Browser, ct);
            if (verdict is null || verdict.Value.Of != account?.PasswordHash)
            {
                verdict = (account?.PasswordHash, await users.CheckPasswordAsync(account, password));
            }

            trace.AccountId = account?.Id;
            if (account is not { Status: AccountStatus.Active } || IsLocked(account, browser))
            {
                return Fail(trace);
            }

            if (!verdict.Value.IsRight)
            {
                return CountAndFail(account, browser, trace);
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
        SecondStepAsync(actor, AuditAct.SecondFactor, (users, account) => users.UseCodeAsync(account, code), ct);

    /// <summary>Checks a recovery code, which is used up by it.</summary>
    public Task<Result<SignInAttempt>> RecoveryCodeAsync(Actor actor, string code, CancellationToken ct) =>
        SecondStepAsync(
            actor, AuditAct.RecoveryCodeUsed,
                async (users, account) => (await users.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded, ct);

    /// <summary>
    /// Checks a signature of a passkey, whose authenticator has asked for a PIN or a finger. A success begins a full
    /// session.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="credentialId">The authenticator's name for the credential.</param>
    /// <param name="challenge">What was signed; taken here, so that it is answered once.</param>
    /// <param name="verifyAsync">Verifies the signature against the credential and its account; null when it is not right.</param>
    /// <param name="ct">The client went away.</param>
    public Task<Result<SignInAttempt>> PasskeyAsync(
        Actor actor, byte[] credentialId, PasskeyChallenge challenge, Func<Guid, PasskeyData, Task<PasskeyUse?>> verifyAsync,
            CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.PasskeyUsed);
        return gate.RunAsync<SignInAttempt>(actor, request, async (db, trace) =>
        {
            var isNew = await TakenChallenge.TryTakeAsync(db, challenge, time.Now(), ct);
            var passkey = await db.Set<Passkey>().AsTracking().SingleOrDefaultAsync(row => row.CredentialId == credentialId, ct);
            var account = passkey is null ? null : await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == passkey.AccountId, ct);
            var browser = await browsers.FindAsync(db, account, actor.Client.Browser, ct);
            trace.AccountId = account?.Id;
            if (passkey is null || account is not { Status: AccountStatus.Active, MustEnrol: false } || !account.Roles.HasAny(Roles.Staff)
                || IsLocked(account, browser))
            {
                return Fail(trace);
            }

            if (!isNew || await verifyAsync(account.Id, passkey.ToData()) is not { } use || !passkey.TryUse(use, challenge.At, time.Now()))
            {
                return CountAndFail(account, browser, trace);
            }

            return await CompleteAsync(db, account, actor, ct);
        }, ct, retry: true);
    }

    private Task<Result<SignInAttempt>> SecondStepAsync(
        Actor actor, AuditAct act, Func<AccountManager, Account, Task<bool>> isRightAsync, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, act) { AccountId = actor.AccountId };
        return gate.RunAsync<SignInAttempt>(actor, request, async (db, trace) =>
        {
            var now = time.Now();
            var waiting = await db.Set<Session>().AsTracking().SingleOrDefaultAsync(
                session => session.Id == actor.SessionId && session.Stage == SessionStage.AwaitingSecondFactor && session.RevokedAt == null
                    && session.ExpiresAt > now, ct);
            var account = waiting is null ? null
                : await db.Set<Account>().AsTracking().SingleOrDefaultAsync(row => row.Id == waiting.AccountId, ct);
            var browser = await browsers.FindAsync(db, account, actor.Client.Browser, ct);
            if (waiting is null || account is not { Status: AccountStatus.Active } || IsLocked(account, browser))
            {
                return Fail(trace);
            }

            using var users = managers.Over(db);
            if (!await isRightAsync(users, account))
            {
                return CountAndFail(account, browser, trace);
            }

            waiting.Revoke(SessionEnd.Replaced, now);
            return await CompleteAsync(db, account, actor, ct);
        }, ct, retry: true);
    }

    private async Task<SignInAttempt> CompleteAsync(ClinicDbContext db, Account account, Actor actor, CancellationToken ct)
    {
        account.SignedIn(time.Now());
        return new SignInAttempt(
            sessions.Start(db, account, SessionStage.Full, actor.Client),
                await browsers.RememberAsync(db, account, actor.Client.Browser, ct));
    }

    private bool IsLocked(Account account, KnownBrowser? browser) => browser?.IsLocked(time.Now()) ?? account.IsLocked(time.Now());

    private SignInAttempt CountAndFail(Account account, KnownBrowser? browser, AuditTrace trace)
    {
        if (browser is null)
        {
            if (account.CountFailure(time.Now()))
            {
                trace.AlsoHappened.Add((AuditAct.AccountLocked, AuditOutcome.Done));
            }

            return Fail(trace);
        }

        account.Judged();
        if (browser.CountFailure(time.Now()))
        {
            trace.AlsoHappened.Add((AuditAct.BrowserLocked, AuditOutcome.Done));
        }

        return Fail(trace);
    }

    private static SignInAttempt Fail(AuditTrace trace)
    {
        trace.Outcome = AuditOutcome.Failed;
        return SignInAttempt.Failed;
    }
}
