using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
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
    ClinicGate gate, SessionService sessions, KnownBrowsers browsers, AccountManagers managers, TimeProvider time)
{
    /// <summary>One's own account; also for a session that waits for enrolment.</summary>
    public Task<Result<OwnAccount>> GetAsync(Actor actor, CancellationToken ct) =>
        RunOnOwnAsync<OwnAccount>(actor, AuditAct.OwnAccountRead, async (db, account) => new OwnAccount(
            account.Email!, account.DisplayName, account.TwoFactorEnabled, account.IsStaff,
            await CountRecoveryCodesAsync(db, account)), ct);

    /// <summary>
    /// A key to enrol with, against a fresh proof. It is shown this once, and may be confirmed for
    /// <see cref="Account.EnrolmentMinutes"/> minutes; one that was begun before is given up for it.
    /// <see cref="ErrorKind.Denied"/> when a second factor is already in use.
    /// </summary>
    public Task<Result<EnrolmentKey>> BeginEnrolmentAsync(Actor actor, string issuer, CancellationToken ct) =>
        RunOnOwnAsync<EnrolmentKey>(actor, AuditAct.SecondFactorEnrolmentBegun, async (db, account) =>
        {
            if (account.TwoFactorEnabled)
            {
                return Error.Denied;
            }

            // Who waits for enrolment has just given the password, which is good for as long as such a session may live.
            var minutes = actor.Roles == Roles.None ? Session.PendingMinutes : AccessPolicy.ProofMinutes;
            if (actor.ProvedAt < time.Now().AddMinutes(-minutes))
            {
                return Error.StepUpNeeded;
            }

            using var users = managers.Over(db);
            await users.ResetAuthenticatorKeyAsync(account);
            var key = (await users.GetAuthenticatorKeyAsync(account))!;
            return new EnrolmentKey(string.Join(' ', key.Chunk(4).Select(part => new string(part))),
                AuthenticatorCodes.UriOf(key, account.Email!, issuer));
        }, ct);

    /// <summary>
    /// Shows that the authenticator works. Success switches the second factor on, gives ten recovery codes and a new
    /// session, and ends every other one.
    /// </summary>
    public Task<Result<CompletedEnrolment>> CompleteEnrolmentAsync(Actor actor, string code, CancellationToken ct) =>
        RunOnOwnAsync<CompletedEnrolment>(actor, new AccessRequest(Permission.SignIn, AuditAct.SecondFactorEnrolled), async (db, account) =>
        {
            if (account.TwoFactorEnabled)
            {
                return Error.Denied;
            }

            if (!account.CanCompleteEnrolment(time.Now()))
            {
                return Error.Invalid("Code", "This took too long. Begin anew with a new picture.");
            }

            using var users = managers.Over(db);
            if (!await users.UseCodeAsync(account, code))
            {
                return Error.Invalid("Code", "This code is not right. Wait for the next one and type it as the app shows it.");
            }

            await users.SetTwoFactorEnabledAsync(account, enabled: true);
            account.SignedIn(time.Now());
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return new CompletedEnrolment(
                await users.RenewRecoveryCodesAsync(account), sessions.Start(db, account, SessionStage.Full, actor.Client),
                await browsers.RememberAsync(db, account, actor.Client.Browser, ct));
        }, ct);

    /// <summary>Ten new recovery codes against the password; the old ones end.</summary>
    public Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(Actor actor, string password, CancellationToken ct) =>
        RunWithPasswordAsync<IReadOnlyList<string>>(actor, AuditAct.RecoveryCodesRenewed, password, async (db, account) =>
        {
            using var users = managers.Over(db);
            return account.TwoFactorEnabled ? Result.Of(await users.RenewRecoveryCodesAsync(account)) : Error.Denied;
        }, ct);

    /// <summary>Switches a patient's second factor off, against the password. Staff get <see cref="ErrorKind.Denied"/>.</summary>
    public Task<Result<Done>> DisableSecondFactorAsync(Actor actor, string password, CancellationToken ct) =>
        RunWithPasswordAsync<Done>(actor, AuditAct.SecondFactorDisabled, password, async (db, account) =>
        {
            if (account.IsStaff)
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
            using var users = managers.Over(db);
            if ((await users.ReplacePasswordAsync(account, newPassword)).RefusalAt("NewPassword") is { } refusal)
            {
                return refusal;
            }

            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: actor.SessionId, ct);
            return Done.Instance;
        }, ct);

    /// <summary>
    /// Proves again who sits here, with the password or an authenticator code, so that a sensitive act may follow within
    /// <see cref="AccessPolicy.ProofMinutes"/>. The fifth failure in a row ends this session.
    /// </summary>
    public Task<Result<Done>> ProveAsync(Actor actor, string passwordOrCode, CancellationToken ct) =>
        RunProvedAsync<Done>(actor, AuditAct.IdentityProved, (users, account) => IsProofAsync(users, account, passwordOrCode), "Proof",
            "This is neither your password nor the present code.", (_, _) => Task.FromResult<Result<Done>>(Done.Instance), ct);

    private async Task<int> CountRecoveryCodesAsync(ClinicDbContext db, Account account)
    {
        using var users = managers.Over(db);
        return await users.CountRecoveryCodesAsync(account);
    }

    private static async Task<bool> IsProofAsync(AccountManager users, Account account, string passwordOrCode) =>
        (account.TwoFactorEnabled && await users.UseCodeAsync(account, passwordOrCode))
            || await users.CheckPasswordAsync(account, passwordOrCode);

    private Task<Result<T>> RunOnOwnAsync<T>(Actor actor, AuditAct act, Func<ClinicDbContext, Account, Task<Result<T>>> body,
        CancellationToken ct) =>
        RunOnOwnAsync(actor, new AccessRequest(Permission.SignIn, act), body, ct);

    private Task<Result<T>> RunOnOwnAsync<T>(
        Actor actor, AccessRequest request, Func<ClinicDbContext, Account, Task<Result<T>>> body, CancellationToken ct) =>
        RunOnOwnAsync<T>(actor, request, (db, account, _) => body(db, account), ct);

    private Task<Result<T>> RunOnOwnAsync<T>(
        Actor actor, AccessRequest request, Func<ClinicDbContext, Account, AuditTrace, Task<Result<T>>> body, CancellationToken ct) =>
        gate.RunAsync<T>(actor, request with { SubjectId = actor.AccountId, Repeatable = true }, async (db, trace) =>
        {
            var account = await db.Set<Account>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == actor.AccountId && row.Status == AccountStatus.Active, ct);

            // Whoever ends the sessions ends what is on its way in them too: it begins no new one.
            var isAlive = await db.Set<Session>().AnyAsync(row => row.Id == actor.SessionId && row.RevokedAt == null, ct);
            return account is null || !isAlive ? Error.Denied : await body(db, account, trace);
        }, ct, retry: true);

    private Task<Result<T>> RunWithPasswordAsync<T>(
        Actor actor, AuditAct act, string password, Func<ClinicDbContext, Account, Task<Result<T>>> body, CancellationToken ct) =>
        RunProvedAsync(
            actor, act, (users, account) => users.CheckPasswordAsync(account, password), "CurrentPassword",
                "This is not your present password.", body, ct);

    private Task<Result<T>> RunProvedAsync<T>(
        Actor actor, AuditAct act, Func<AccountManager, Account, Task<bool>> isProofAsync, string field, Message refusal,
            Func<ClinicDbContext, Account, Task<Result<T>>> body, CancellationToken ct)
    {
        // Not for a session that still waits for its second factor: the password alone must not take that factor away.
        var request = new AccessRequest(Permission.OwnAccount, act);
        return RunOnOwnAsync<T>(actor, request, async (db, account, trace) =>
        {
            // Strangers who lock the account must not keep its owner from signing a record in an open session, and what
            // fails in one session ends that one alone.
            var session = await db.Set<Session>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == actor.SessionId && row.RevokedAt == null, ct);
            if (session is null)
            {
                return Error.Denied;
            }

            using var users = managers.Over(db);
            if (await isProofAsync(users, account))
            {
                session.Prove(time.Now());
                return await body(db, account);
            }

            trace.SaveRefusal = true;
            if (session.FailProof(time.Now()))
            {
                trace.AlsoHappened.Add((AuditAct.SessionsEndedForSafety, AuditOutcome.Done));
            }

            return Error.Invalid(field, refusal);
        }, ct);
    }
}
