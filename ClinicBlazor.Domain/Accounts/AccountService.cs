using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>An account as administrators see it.</summary>
/// <param name="Id">Id.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="Email">Address.</param>
/// <param name="Roles">Roles.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="LockedUntil">End of a lock, of the account or of a browser that it knows; null when nothing is locked.</param>
/// <param name="TwoFactorEnabled">Whether a second factor is enrolled.</param>
/// <param name="LastSignInAt">When it was used last.</param>
/// <param name="OpenSessions">Sessions that live.</param>
/// <param name="IsSelf">True for the reader's own account.</param>
public sealed record AccountRow(
    Guid Id, string DisplayName, string Email, Roles Roles, AccountStatus Status, DateTimeOffset? LockedUntil,
    bool TwoFactorEnabled, DateTimeOffset? LastSignInAt, int OpenSessions, bool IsSelf);

/// <summary>Which accounts to list.</summary>
/// <param name="Search">Part of the name or address; empty for all.</param>
/// <param name="Roles">Accounts that hold one of these.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
public sealed record AccountQuery(string Search = "", Roles Roles = Roles.Staff, string? After = null);

/// <summary>What administrators do with the accounts of others.</summary>
public sealed class AccountService(ClinicDatabase database, AccountTokens tokens, SessionService sessions, IAccountMailer mailer, TimeProvider time)
{
    private const int PageSize = 25;

    /// <summary>Accounts by address, 25 at a time.</summary>
    public Task<Result<Page<AccountRow>>> ListAsync(Actor actor, AccountQuery query, CancellationToken ct) =>
        database.RunAsync<Page<AccountRow>>(actor, new Operation(Permission.AccountList, AuditAct.AccountsListed) { Typed = [Typed.Plain("Search", query.Search), Typed.Plain("After", query.After)] }, async db =>
        {
            var now = time.Now();
            var (search, name) = (Account.Normalize(query.Search), Patient.SearchKey(query.Search));
            var found = db.Accounts.Where(account => (account.Roles & query.Roles) != Roles.None);
            if (search.Length > 0)
            {
                found = found.Where(account => account.NormalizedEmail!.Contains(search) || (name != "" && account.NameKey.Contains(name)));
            }

            if (query.After is { } after)
            {
                found = found.Where(account => string.Compare(account.NormalizedEmail, after) > 0);
            }

            var rows = await found.OrderBy(account => account.NormalizedEmail).Take(PageSize + 1)
                .Select(account => new
                {
                    Key = account.NormalizedEmail!,
                    Row = new AccountRow(
                        account.Id, account.DisplayName, account.Email!, account.Roles, account.Status,
                        account.LockoutEnd > now ? account.LockoutEnd : db.KnownBrowsers.Where(browser => browser.AccountId == account.Id && browser.LockedUntil > now).Max(browser => browser.LockedUntil),
                        account.TwoFactorEnabled, account.LastSignInAt,
                        db.Sessions.Count(session => session.AccountId == account.Id && session.RevokedAt == null && session.ExpiresAt > now),
                        account.Id == actor.AccountId),
                })
                .ToListAsync(ct);
            return new Page<AccountRow>([.. rows.Take(PageSize).Select(row => row.Row)], rows.Count > PageSize ? rows[PageSize - 1].Key : null);
        }, ct);

    /// <summary>Invites a member of staff; the link in the mail is good for three days.</summary>
    public async Task<Result<Guid>> InviteAsync(Actor actor, string displayName, string email, Roles roles, CancellationToken ct)
    {
        var name = InputRules.CleanLine(displayName);
        var address = InputRules.CleanLine(email);
        var findings = new Findings()
            .Text(name, "DisplayName", 120, "Give the person's name.")
            .Check(InputRules.IsEmail(address), "Email", "This is not an e-mail address. It looks like name@example.com.")
            .Check(IsStaffSet(roles), "Roles", "Choose at least one role.");
        var operation = new Operation(Permission.AccountManage, AuditAct.AccountInvited) { Typed = [Typed.Plain("DisplayName", displayName), Typed.Plain("Email", email)] };
        AccountMail? mail = null;
        var result = await database.RunAsync<Guid>(actor, operation, async db =>
        {
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var normalized = Account.Normalize(address);
            if (await db.Accounts.AnyAsync(row => row.NormalizedEmail == normalized, ct))
            {
                return Error.Invalid("Email", "There is an account with this address already.");
            }

            var account = new Account(time.NewId(), address, name, roles);
            operation.SubjectId = account.Id;
            db.Accounts.Add(account);
            mail = new AccountMail(AccountMailKind.Invitation, address, name, await tokens.IssueAsync(db, account.Id, AccountTokenPurpose.Invitation, ct));
            return account.Id;
        }, ct);
        if (result.IsSuccess)
        {
            await mailer.SendAsync(mail!, ct);
        }

        return result;
    }

    /// <summary>Gives staff other roles. One's own administration cannot be given up: somebody must be left.</summary>
    public Task<Result<Done>> ChangeRolesAsync(Actor actor, Guid accountId, Roles roles, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.RolesChanged, (_, account) =>
        {
            if (!account.Roles.HasAny(Roles.Staff) || !IsStaffSet(roles))
            {
                return Refuse("Roles", "Choose at least one role.");
            }

            if (account.Id == actor.AccountId && !roles.HasAny(Roles.Administrator))
            {
                return Refuse("Roles", "You cannot take your own administration away.");
            }

            account.ChangeRoles(roles);
            return Carry();
        }, ct);

    /// <summary>Opens a locked account, and the locks of browsers that it knows.</summary>
    public Task<Result<Done>> UnlockAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.AccountUnlocked, async (db, account) =>
        {
            account.Unlock();
            await KnownBrowsers.UnlockAsync(db, account.Id, ct);
            return Done.Instance;
        }, ct);

    /// <summary>Switches an account off and ends its sessions.</summary>
    public Task<Result<Done>> DeactivateAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.AccountDeactivated, async (db, account) =>
        {
            if (account.Id == actor.AccountId)
            {
                return Error.Invalid("Account", "You cannot switch your own account off.");
            }

            account.Deactivate();
            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return Done.Instance;
        }, ct);

    /// <summary>Switches an account on again.</summary>
    public Task<Result<Done>> ReactivateAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.AccountReactivated, (_, account) =>
        {
            account.Reactivate();
            return Carry();
        }, ct);

    /// <summary>
    /// Takes a second factor and the passkeys away and ends the account's sessions; staff enrol anew at the next sign-in. Not one's own:
    /// whoever sits at an administrator's open session must not be able to enrol another device with the password alone.
    /// </summary>
    public async Task<Result<Done>> ResetSecondFactorAsync(Actor actor, Guid accountId, CancellationToken ct)
    {
        AccountMail? mail = null;
        var result = await ChangeAsync(actor, accountId, AuditAct.SecondFactorReset, async (db, account) =>
        {
            if (account.Id == actor.AccountId)
            {
                return Error.Invalid("Account", "Another administrator must reset your second factor.");
            }

            account.ResetTwoFactor();
            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.AsTracking().Where(code => code.AccountId == account.Id).ToListAsync(ct));
            var passkeys = await db.Passkeys.AsTracking().Where(passkey => passkey.AccountId == account.Id).ToListAsync(ct);
            db.Passkeys.RemoveRange(passkeys);
            mail = passkeys.Count == 0 ? null : new AccountMail(AccountMailKind.PasskeyRemoved, account.Email!, account.DisplayName, Token: null);
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return Done.Instance;
        }, ct);
        if (result.IsSuccess && mail is not null)
        {
            await mailer.SendAsync(mail, ct);
        }

        return result;
    }

    /// <summary>Ends all sessions of an account.</summary>
    public Task<Result<Done>> EndSessionsAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.SessionEnded, async (db, account) =>
        {
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.EndedByAdministrator, except: null, ct);
            return Done.Instance;
        }, ct);

    private static bool IsStaffSet(Roles roles) => roles != Roles.None && (roles & ~Roles.Staff) == Roles.None;

    private static Task<Result<Done>> Carry() => Task.FromResult<Result<Done>>(Done.Instance);

    private static Task<Result<Done>> Refuse(string field, Message message) => Task.FromResult<Result<Done>>(Error.Invalid(field, message));

    private Task<Result<Done>> ChangeAsync(Actor actor, Guid accountId, AuditAct act, Func<ClinicDbContext, Account, Task<Result<Done>>> change, CancellationToken ct) =>
        database.RunAsync<Done>(actor, new Operation(Permission.AccountManage, act) { SubjectId = accountId }, async db =>
        {
            var account = await db.Accounts.AsTracking().SingleOrDefaultAsync(row => row.Id == accountId, ct);
            return account is null ? Error.NotFound : await change(db, account);
        }, ct, retry: true);
}
