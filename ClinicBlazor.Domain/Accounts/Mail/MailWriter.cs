using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>
/// Finds out, outside the request, what a queued mail says: whether its address is known, and with which link. So the
/// request itself takes the same time for every address, and no link's secret lies in the queue.
/// </summary>
public sealed class MailWriter(AccountManagers managers, FieldProtector protector)
{
    /// <summary>The mail to send, or null when there is nothing to say any more. The caller saves what was changed.</summary>
    internal async Task<AccountMail?> WriteAsync(ClinicDbContext db, QueuedMail queued, CancellationToken ct)
    {
        var address = protector.Open(queued.Address, FieldPlace.Of(queued, nameof(queued.Address)));
        var account = await FindAsync(db, queued, address, ct);
        return (queued.Kind, account) switch
        {
            (AccountMailKind.Registration, null) => await InviteAsync(db, queued, Register(db, queued, address)),

            // Staff are invited by administrators alone, so nobody else renews such a link.
            (AccountMailKind.Registration, { Status: AccountStatus.Invited }) when account.Roles == Roles.Patient =>
                await InviteAsync(db, queued, account),
            (AccountMailKind.Registration, { Status: AccountStatus.Active }) => To(account, AccountMailKind.AlreadyRegistered, token: null),
            (AccountMailKind.Invitation, { Status: AccountStatus.Invited }) => await InviteAsync(db, queued, account),
            (AccountMailKind.PasswordReset, { Status: AccountStatus.Active }) =>
                To(account, queued.Kind, await LinkAsync(db, account)),
            (AccountMailKind.ChartLinkAsked, _) =>
                new AccountMail(queued.Id, queued.Kind, address, DisplayName: null, Token: null, queued.Language),
            (AccountMailKind.Registration or AccountMailKind.Invitation or AccountMailKind.PasswordReset, _) or (_, null) => null,
            _ => To(account, queued.Kind, token: null),
        };

        AccountMail To(Account owner, AccountMailKind kind, string? token) =>
            new(queued.Id, kind, address, owner.EmailConfirmed ? owner.DisplayName : null, token, queued.Language);
    }

    private async Task<AccountMail> InviteAsync(ClinicDbContext db, QueuedMail queued, Account account) =>
        new(queued.Id, AccountMailKind.Invitation, account.Email!, DisplayName: null, await LinkAsync(db, account), queued.Language);

    // Whether it invites or resets follows from the account.
    private async Task<string> LinkAsync(ClinicDbContext db, Account account)
    {
        using var users = managers.Over(db);
        return await users.GeneratePasswordResetTokenAsync(account);
    }

    private static Task<Account?> FindAsync(ClinicDbContext db, QueuedMail queued, string address, CancellationToken ct)
    {
        var normalized = Account.Normalize(address);
        return queued.AccountId is { } id
            ? db.Set<Account>().SingleOrDefaultAsync(account => account.Id == id, ct)
            : db.Set<Account>().SingleOrDefaultAsync(account => account.NormalizedEmail == normalized, ct);
    }

    private Account Register(ClinicDbContext db, QueuedMail queued, string address)
    {
        var name = protector.OpenOptional(queued.Name, FieldPlace.Of(queued, nameof(queued.Name)));
        var account = new Account(queued.Id, address, name ?? "", Roles.Patient);
        db.Set<Account>().Add(account);
        return account;
    }
}
