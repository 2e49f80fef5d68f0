using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>
/// Makes an administrator for whoever runs the machine, since nobody is there yet who could invite one. For the command
/// line only.
/// </summary>
public sealed class FirstAdministrator(ClinicDatabase database, Passwords passwords, TimeProvider time)
{
    /// <summary>Makes the account; its owner signs in with <paramref name="password"/> and has to enrol a second factor.</summary>
    public async Task<Result<Guid>> CreateAsync(string email, string password, CancellationToken ct)
    {
        var address = InputRules.CleanLine(email);
        var findings = new Findings().Check(InputRules.IsEmail(address), "Email", "This is not an e-mail address. It looks like name@example.com.");
        foreach (var finding in PasswordRules.Check(password, "", address))
        {
            findings.Add("Password", finding);
        }

        if (!findings.IsEmpty)
        {
            return findings.Error;
        }

        var operation = new Operation(Permission.SignIn, AuditAct.AccountInvited);
        return await database.RunAsync<Guid>(Actor.Anonymous(ClientInfo.Local), operation, async db =>
        {
            var normalized = Account.Normalize(address);
            if (await db.Accounts.AnyAsync(row => row.NormalizedEmail == normalized, ct))
            {
                return Error.Invalid("Email", "There is an account with this address already.");
            }

            var account = new Account(time.NewId(), address, address.Split('@')[0], Roles.Administrator);
            account.SetPassword(passwords.Hash(account, password));
            account.ConfirmEmail();
            db.Accounts.Add(account);
            operation.SubjectId = account.Id;
            return account.Id;
        }, ct);
    }
}
