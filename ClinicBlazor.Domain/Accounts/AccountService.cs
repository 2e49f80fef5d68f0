using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>What administrators do with the accounts of others.</summary>
public sealed class AccountService(
    ClinicGate gate, SessionService sessions, RolePower power, IEnumerable<AccountBond> bonds, TimeProvider time)
{
    private const int PageSize = 25;

    /// <summary>Accounts by address, in either order, 25 at a time; of a search those first that have its word whole.</summary>
    public Task<Result<Page<AccountRow>>> ListAsync(Actor actor, AccountQuery query, CancellationToken ct) =>
        gate.RunAsync<Page<AccountRow>>(actor, new AccessRequest(Permission.AccountList, AuditAct.AccountsListed), async db =>
        {
            var now = time.Now();
            var places = await new AccountFinder(db, PageSize + 1, ct).FindAsync(query);
            var ids = places.Take(PageSize).Select(place => place.Id).ToList();
            var accounts = await db.Set<Account>().Where(account => ids.Contains(account.Id))
                .Select(account => new
                {
                    account.Id, account.DisplayName, account.Email, account.Roles, account.Status, account.LockoutEnd,
                    account.TwoFactorEnabled, account.LastSignInAt,
                })
                .ToDictionaryAsync(account => account.Id, ct);
            var locks = await db.Set<KnownBrowser>().Where(browser => ids.Contains(browser.AccountId) && browser.LockedUntil > now)
                .GroupBy(browser => browser.AccountId)
                    .Select(locked => new { locked.Key, Until = locked.Max(browser => browser.LockedUntil) })
                .ToDictionaryAsync(locked => locked.Key, locked => locked.Until, ct);
            var open = await db.Set<Session>()
                .Where(session => ids.Contains(session.AccountId) && session.RevokedAt == null && session.ExpiresAt > now)
                .GroupBy(session => session.AccountId).Select(alive => new { alive.Key, Count = alive.Count() })
                    .ToDictionaryAsync(alive => alive.Key, alive => alive.Count, ct);
            var stuck = await db.Set<QueuedMail>()
                .Where(mail => mail.AccountId != null && ids.Contains(mail.AccountId.Value) && mail.Kind == AccountMailKind.Invitation
                    && mail.FailedAt != null)
                .Select(mail => mail.AccountId!.Value).ToListAsync(ct);
            return new Page<AccountRow>(
                [
                    .. ids.Select(id => accounts[id]).Select(row => new AccountRow(
                        row.Id, row.DisplayName, row.Email!, row.Roles, row.Status,
                            row.LockoutEnd > now ? row.LockoutEnd : locks.GetValueOrDefault(row.Id),
                        row.TwoFactorEnabled, row.LastSignInAt, open.GetValueOrDefault(row.Id), stuck.Contains(row.Id),
                            row.Id == actor.AccountId)),
                ],
                places.Count > PageSize ? places[PageSize - 1].Cursor : null);
        }, ct);

    /// <summary>
    /// Invites a member of staff; the link in the mail is good for three days. Who would reach charts or the administration
    /// gets it once a second person has confirmed that.
    /// </summary>
    public Task<Result<Guid>> InviteAsync(Actor actor, string displayName, string email, Roles roles, CancellationToken ct)
    {
        var name = InputRules.CleanLine(displayName);
        var address = InputRules.CleanLine(email);
        var findings = new Findings()
            .Check(name.Length > 0, "DisplayName", "Give the person's name.")
            .Name(name, "DisplayName", 120)
            .Check(InputRules.IsEmail(address), "Email", "This is not an e-mail address. It looks like name@example.com.")
            .Check(IsStaffSet(roles), "Roles", "Choose at least one role.");
        var request = new AccessRequest(Permission.AccountManage, AuditAct.AccountInvited) { Sent = new { displayName, email, roles } };
        return gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var normalized = Account.Normalize(address);
            var account = await db.Set<Account>().AsTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, ct);
            if (account is not null && !account.IsUnclaimed)
            {
                return Error.Invalid("Email", "There is an account with this address already.");
            }

            if (await StaffRoster.TakeAsync(db, actor.AccountId, ct) is not { } roster)
            {
                return Error.Denied;
            }

            if (account is null)
            {
                account = new Account(time.NewId(), address, name, Roles.None);
                db.Set<Account>().Add(account);
            }

            trace.Say(AuditDetails.OfRoles(roles));
            trace.Say(account.DisplayName == name ? [] : [AuditDetail.DisplayName]);
            account.InviteAs(name, Roles.None);
            trace.SubjectId = account.Id;
            if (!await power.FirstAsync(db, roster, account, roles, actor.AccountId!.Value, trace, ct))
            {
                trace.Act = AuditAct.RolesGiven;
            }

            return account.Id;
        }, ct, retry: true);
    }

    /// <summary>Sends the invitation of somebody who has not opened it yet once more; the link of an earlier one ends.</summary>
    public Task<Result<Done>> InviteAgainAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.AccountInvited, async (db, account) =>
        {
            if (account.Status != AccountStatus.Invited)
            {
                return Error.Invalid("Account", "This account is in use, or was switched off: it needs no invitation.");
            }

            if (account.Roles == Roles.None)
            {
                return Error.Invalid("Account", "The invitation goes out once a second person has confirmed the roles.");
            }

            db.Set<QueuedMail>().RemoveRange(
                await db.Set<QueuedMail>().AsTracking()
                    .Where(mail => mail.AccountId == account.Id && mail.Kind == AccountMailKind.Invitation).ToListAsync(ct));

            // Of two that are sent at once one is: the link of a second would end the first one's.
            account.Touch();
            return Done.Instance;
        }, ct);

    /// <summary>
    /// Gives staff other roles, never oneself. What is taken is gone at once, with the charts that were assigned by it;
    /// what reaches charts or the administration further than before waits for a second person.
    /// </summary>
    public Task<Result<Done>> ChangeRolesAsync(Actor actor, Guid accountId, Roles roles, CancellationToken ct) =>
        ChangePowerAsync(actor, accountId, AuditAct.RolesChanged, async (db, trace, roster, account) =>
        {
            if (!IsStaffSet(roles) || account.Roles.HasAny(Roles.Patient))
            {
                return Error.Invalid("Roles", "Choose at least one role.");
            }

            if (account.Id == actor.AccountId)
            {
                return Error.Invalid("Roles", "Your own roles are up to another administrator.");
            }

            if (account.Status == AccountStatus.Deactivated)
            {
                return Error.Invalid("Roles", "This account is switched off. Reactivate it first.");
            }

            var before = account.Roles;
            var isAtOnce = await power.GiveAsync(db, roster, account, roles, actor.AccountId!.Value, trace, ct);
            trace.Act = isAtOnce ? AuditAct.RolesChanged : AuditAct.RolesGiven;
            trace.Say(AuditDetails.OfRoles(roles & ~before, (isAtOnce ? before : account.Roles) & ~roles));
            return Done.Instance;
        }, ct, sent: roles);

    /// <summary>Opens a locked account, and the locks of browsers that it knows.</summary>
    public Task<Result<Done>> UnlockAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.AccountUnlocked, async (db, account) =>
        {
            account.Unlock();
            await KnownBrowsers.UnlockAsync(db, account.Id, ct);
            return Done.Instance;
        }, ct);

    /// <summary>Switches an account off and ends its sessions, what was assigned to it, and its link to a patient.</summary>
    public Task<Result<Done>> DeactivateAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangePowerAsync(actor, accountId, AuditAct.AccountDeactivated, async (db, trace, _, account) =>
        {
            if (account.Id == actor.AccountId)
            {
                return Error.Invalid("Account", "You cannot switch your own account off.");
            }

            account.Deactivate();
            await power.CloseAsync(db, account, actor.AccountId, ct);
            foreach (var bond in bonds)
            {
                await bond.EndAsync(db, trace, account, actor.AccountId!.Value, ct);
            }

            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return Done.Instance;
        }, ct);

    /// <summary>
    /// Switches an account on again. The roles of staff are given anew, and wait for a second person where they would the
    /// first time.
    /// </summary>
    public Task<Result<Done>> ReactivateAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangePowerAsync(actor, accountId, AuditAct.AccountReactivated, async (db, trace, roster, account) =>
        {
            var (roles, wasOff) = (account.Roles, account.Status == AccountStatus.Deactivated);
            account.Reactivate();
            if (!wasOff || !roles.HasAny(Roles.Staff))
            {
                return Done.Instance;
            }

            account.ChangeRoles(Roles.None);
            if (!await power.GiveAsync(db, roster, account, roles, actor.AccountId!.Value, trace, ct))
            {
                trace.AlsoHappened.Add((AuditAct.RolesGiven, AuditOutcome.Done));
                trace.SayOf(AuditAct.RolesGiven, AuditDetails.OfRoles(roles));
            }

            return Done.Instance;
        }, ct);

    /// <summary>
    /// Takes a second factor and the passkeys away and ends the account's sessions; staff enrol anew at the next sign-in. Not one's own:
    /// whoever sits at an administrator's open session must not be able to enrol another device with the password alone.
    /// </summary>
    public Task<Result<Done>> ResetSecondFactorAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.SecondFactorReset, async (db, account) =>
        {
            if (account.Id == actor.AccountId)
            {
                return Error.Invalid("Account", "Another administrator must reset your second factor.");
            }

            account.ResetTwoFactor();
            await KnownBrowsers.ForgetAsync(db, account.Id, ct);
            db.Set<RecoveryCode>().RemoveRange(
                await db.Set<RecoveryCode>().AsTracking().Where(code => code.AccountId == account.Id).ToListAsync(ct));
            db.Set<Passkey>().RemoveRange(
                await db.Set<Passkey>().AsTracking().Where(passkey => passkey.AccountId == account.Id).ToListAsync(ct));
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.AccountChanged, except: null, ct);
            return Done.Instance;
        }, ct);

    /// <summary>Ends all sessions of an account.</summary>
    public Task<Result<Done>> EndSessionsAsync(Actor actor, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, accountId, AuditAct.SessionEnded, async (db, account) =>
        {
            await sessions.RevokeAllAsync(db, account.Id, SessionEnd.EndedByAdministrator, except: null, ct);
            return Done.Instance;
        }, ct);

    private static bool IsStaffSet(Roles roles) => roles != Roles.None && (roles & ~Roles.Staff) == Roles.None;

    private Task<Result<Done>> ChangeAsync(Actor actor, Guid accountId, AuditAct act,
        Func<ClinicDbContext, Account, Task<Result<Done>>> change, CancellationToken ct) =>
        gate.RunAsync<Done>(actor, new AccessRequest(Permission.AccountManage, act) { SubjectId = accountId }, async db =>
        {
            var account = await db.Set<Account>().AsTracking().SingleOrDefaultAsync(row => row.Id == accountId, ct);
            return account is null ? Error.NotFound : await change(db, account);
        }, ct, retry: true);

    private Task<Result<Done>> ChangePowerAsync(
        Actor actor, Guid accountId, AuditAct act, Func<ClinicDbContext, AuditTrace, StaffRoster, Account, Task<Result<Done>>> change,
            CancellationToken ct, object? sent = null) =>
        gate.RunAsync<Done>(actor, new AccessRequest(Permission.AccountManage, act) { SubjectId = accountId, Sent = sent },
            async (db, trace) =>
        {
            if (await StaffRoster.TakeAsync(db, actor.AccountId, ct) is not { } roster)
            {
                return Error.Denied;
            }

            var account = await db.Set<Account>().AsTracking().SingleOrDefaultAsync(row => row.Id == accountId, ct);
            return account is null ? Error.NotFound : await change(db, trace, roster, account);
        }, ct, retry: true);
}
