using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// Makes an administrator for whoever runs the machine, since nobody is there yet who could invite one. For the command
/// line only.
/// </summary>
public sealed class FirstAdministrator(ClinicGate gate, AccountManagers managers, TimeProvider time)
{
    /// <summary>Makes the account; its owner signs in with <paramref name="password"/> and has to enrol a second factor.</summary>
    public async Task<Result<Guid>> CreateAsync(string displayName, string email, string password, CancellationToken ct)
    {
        var address = InputRules.CleanLine(email);
        var name = InputRules.CleanLine(displayName);
        var findings = new Findings()
            .Text(name, "DisplayName", 120, "Give the person's name.")
            .Check(InputRules.IsEmail(address), "Email", "This is not an e-mail address. It looks like name@example.com.");
        if (!findings.IsEmpty)
        {
            return findings.Error;
        }

        var request = new AccessRequest(Permission.SignIn, AuditAct.AccountInvited) { Details = [AuditDetail.AdministratorGiven] };
        return await gate.RunAsync<Guid>(Actor.Anonymous(ClientInfo.Local), request, async (db, trace) =>
        {
            var normalized = Account.Normalize(address);
            if (await db.Set<Account>().AnyAsync(row => row.NormalizedEmail == normalized, ct))
            {
                return Error.Invalid("Email", "There is an account with this address already.");
            }

            var account = new Account(time.NewId(), address, name, Roles.Administrator);
            account.ConfirmEmail();
            using var users = managers.Over(db);
            if ((await users.CreateAsync(account, password)).RefusalAt("Password") is { } refusal)
            {
                return refusal;
            }

            trace.SubjectId = account.Id;
            return account.Id;
        }, ct);
    }
}
