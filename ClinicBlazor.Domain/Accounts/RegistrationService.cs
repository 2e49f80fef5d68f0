using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// The ways in for those who have no password yet or lost it. No answer tells whether an address is known: that is
/// only in the mail.
/// </summary>
public sealed class RegistrationService(ClinicDatabase database, AccountTokens tokens, SessionService sessions, Passwords passwords, IAccountMailer mailer, TimeProvider time)
{
    /// <summary>A patient asks for an account. It reaches no chart until staff link it to a patient.</summary>
    public Task<Result<Done>> RegisterAsync(Actor actor, string displayName, string email, CancellationToken ct)
    {
        var name = InputRules.CleanLine(displayName);
        var address = InputRules.CleanLine(email);
        var findings = new Findings()
            .Text(name, "DisplayName", 120, "Tell us your name.")
            .Check(InputRules.IsEmail(address), "Email", "This is not an e-mail address. It looks like name@example.com.");
        var operation = new Operation(Permission.SignIn, AuditAct.AccountRegistered) { Typed = [Typed.Plain("DisplayName", displayName), Typed.Plain("Email", email)] };
        return MailAfterAsync(actor, operation, async db =>
        {
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var account = await ByEmailAsync(db, address, ct);
            if (account is { Status: not AccountStatus.Invited })
            {
                operation.Outcome = AuditOutcome.Failed;
                operation.SubjectId = account.Id;
                return account.Status == AccountStatus.Active ? new AccountMail(AccountMailKind.AlreadyRegistered, address, account.DisplayName, null) : NoMail;
            }

            if (account is null)
            {
                account = new Account(time.NewId(), address, name, Roles.Patient);
                db.Accounts.Add(account);
            }

            operation.SubjectId = account.Id;
            var token = await tokens.IssueAsync(db, account.Id, AccountTokenPurpose.Invitation, ct);
            return new AccountMail(AccountMailKind.Invitation, address, account.DisplayName, token);
        }, ct);
    }

    /// <summary>Somebody forgot a password. The answer is the same for every address.</summary>
    public Task<Result<Done>> RequestPasswordResetAsync(Actor actor, string email, CancellationToken ct)
    {
        var address = InputRules.CleanLine(email);
        var operation = new Operation(Permission.SignIn, AuditAct.PasswordResetRequested) { Typed = [Typed.Plain("Email", email)] };
        return MailAfterAsync(actor, operation, async db =>
        {
            var account = await ByEmailAsync(db, address, ct);
            operation.SubjectId = account?.Id;
            if (account is not { Status: AccountStatus.Active })
            {
                operation.Outcome = AuditOutcome.Failed;
                return NoMail;
            }

            var token = await tokens.IssueAsync(db, account.Id, AccountTokenPurpose.PasswordReset, ct);
            return new AccountMail(AccountMailKind.PasswordReset, account.Email!, account.DisplayName, token);
        }, ct);
    }

    /// <summary>
    /// Opens a mailed link: sets the password, confirms the address, ends all sessions, forgets all browsers. The second factor and a lock
    /// stay as they are. A link that was used, is too old or was made up is <see cref="ErrorKind.NotFound"/>.
    /// </summary>
    public Task<Result<Done>> ChoosePasswordAsync(Actor actor, string token, string password, CancellationToken ct)
    {
        var operation = new Operation(Permission.SignIn, AuditAct.PasswordChanged) { Typed = [Typed.Plain("Token", token)] };
        return database.RunAsync<Done>(actor, operation, async db =>
        {
            var link = await tokens.FindAsync(db, token, ct);
            var account = link is null ? null : await db.Accounts.AsTracking().SingleAsync(row => row.Id == link.AccountId, ct);
            if (link is null || account is null or { Status: AccountStatus.Deactivated })
            {
                return Error.NotFound;
            }

            operation.SubjectId = account.Id;
            if (PasswordRules.Check(password, account.DisplayName, account.Email!) is { Count: > 0 } findings)
            {
                return Error.Invalid([.. findings.Select(finding => new FieldError("Password", finding))]);
            }

            link.UsedAt = time.Now();
            account.SetPassword(passwords.Hash(account, password));
            if (account.Status == AccountStatus.Invited)
            {
                operation.AlsoHappened.Add((AuditAct.AccountConfirmed, AuditOutcome.Done));
            }

            account.ConfirmEmail();
            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return Done.Instance;
        }, ct);
    }

    private static Result<AccountMail?> NoMail => Result.Of<AccountMail?>(null);

    private static Task<Account?> ByEmailAsync(ClinicDbContext db, string address, CancellationToken ct)
    {
        var normalized = Account.Normalize(address);
        return db.Accounts.AsTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, ct);
    }

    private async Task<Result<Done>> MailAfterAsync(Actor actor, Operation operation, Func<ClinicDbContext, Task<Result<AccountMail?>>> body, CancellationToken ct)
    {
        AccountMail? mail = null;
        var result = await database.RunAsync<Done>(actor, operation, async db =>
        {
            var outcome = await body(db);
            mail = outcome.IsSuccess ? outcome.Value : null;
            return outcome.Error is { } error ? error : Done.Instance;
        }, ct, retry: true);
        if (result.IsSuccess && mail is not null)
        {
            await mailer.SendAsync(mail, ct);
        }

        return result;
    }
}
