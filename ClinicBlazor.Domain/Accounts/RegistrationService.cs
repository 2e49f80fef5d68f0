using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// The ways in for those who have no password yet or lost it. No answer tells whether an address is known: that is
/// only in the mail.
/// </summary>
public sealed class RegistrationService(ClinicGate gate, AccountManagers managers, SessionService sessions, MailQueue mails)
{
    /// <summary>A patient asks for an account. It reaches no chart until staff link it to a patient.</summary>
    public Task<Result<Done>> RegisterAsync(Actor actor, string displayName, string email, CancellationToken ct)
    {
        var name = InputRules.CleanLine(displayName);
        var address = InputRules.CleanLine(email);
        var findings = new Findings()
            .Check(name.Length > 0, "DisplayName", "Tell us your name.")
            .Name(name, "DisplayName", 120)
            .Check(InputRules.IsEmail(address), "Email", "This is not an e-mail address. It looks like name@example.com.");
        var request = new AccessRequest(Permission.SignIn, AuditAct.AccountRegistered);
        return AskAsync(actor, request, AccountMailKind.Registration, address, name, findings, AccountStatus.Invited, ct);
    }

    /// <summary>Somebody forgot a password. The answer is the same for every address.</summary>
    public Task<Result<Done>> RequestPasswordResetAsync(Actor actor, string email, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.PasswordResetRequested);
        return AskAsync(actor, request, AccountMailKind.PasswordReset, InputRules.CleanLine(email), name: null, new Findings(),
            AccountStatus.Active, ct);
    }

    /// <summary>
    /// Opens a mailed link: sets the password, confirms the address, ends all sessions, forgets all browsers. The second factor and a lock
    /// stay as they are. A link that was used, is too old or was made up is <see cref="ErrorKind.NotFound"/>.
    /// </summary>
    public Task<Result<Done>> ChoosePasswordAsync(Actor actor, string token, string password, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.SignIn, AuditAct.PasswordChanged);
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            using var users = managers.Over(db);
            var account = MailedLinks.OwnerOf(token) is { } id ? await users.FindByIdAsync(id) : null;
            if (account is null or { Status: AccountStatus.Deactivated })
            {
                return Error.NotFound;
            }

            trace.SubjectId = account.Id;
            var chosen = await users.ResetPasswordAsync(account, token, password);
            if (chosen.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken)))
            {
                return Error.NotFound;
            }

            if (chosen.RefusalAt("Password") is { } refusal)
            {
                return refusal;
            }

            if (account.Status == AccountStatus.Invited)
            {
                trace.AlsoHappened.Add((AuditAct.AccountConfirmed, AuditOutcome.Done));
            }

            account.ConfirmEmail();
            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return Done.Instance;
        }, ct, retry: true);
    }

    /// <summary>
    /// Writes what is asked for into the queue. Which mail it becomes, and whether there is an account at all, is found out
    /// there: the same is written here for every address.
    /// </summary>
    private Task<Result<Done>> AskAsync(
        Actor actor, AccessRequest request, AccountMailKind kind, string address, string? name, Findings findings, AccountStatus expected,
            CancellationToken ct) =>
        gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var normalized = Account.Normalize(address);
            var account = await db.Set<Account>().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, ct);
            var mailId = mails.Ask(db, kind, address, name);
            trace.SubjectId = account?.Id ?? (kind == AccountMailKind.Registration ? mailId : null);
            trace.Outcome = (account?.Status ?? AccountStatus.Invited) == expected ? AuditOutcome.Done : AuditOutcome.Failed;
            return Done.Instance;
        }, ct);
}
