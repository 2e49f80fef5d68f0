using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>
/// Gives and takes roles in the transaction of an act. What one administrator may give alone holds at once; what reaches
/// charts or the administration waits for a second person, and so does what assigns patients where the giver could be
/// assigned. It takes what the old roles had assigned with it.
/// </summary>
public sealed class RolePower(PowerNotices notices, TimeProvider time)
{
    /// <summary>
    /// Gives an account roles for the first time. While the clinic is being set up, which is until its first clinical
    /// account, the administrator's word is enough for clinical roles.
    /// </summary>
    internal Task<bool> FirstAsync(ClinicDbContext db, StaffRoster roster, Account account, Roles wanted, Guid giver,
        CancellationToken ct) =>
        !roster.HasClinicalStaff && !wanted.HasAny(Roles.Administrator)
            ? Task.FromResult(HoldAtOnce(roster, account, wanted))
            : GiveAsync(db, roster, account, wanted, giver, ct);

    /// <summary>Gives an account other roles. True when all of it holds at once.</summary>
    internal async Task<bool> GiveAsync(ClinicDbContext db, StaffRoster roster, Account account, Roles wanted, Guid giver,
        CancellationToken ct)
    {
        await WithdrawAsync(db, account.Id, RoleGrantEnd.Withdrawn, giver, ct);
        if (!Power.IsAdded(account.Roles, wanted)
            && !Power.IsAssigningAdded(await RolesOfAsync(db, giver, ct), account.Roles, wanted))
        {
            await ChangeAsync(db, roster, account, wanted, ct);
            return true;
        }

        var (kept, given) = (account.Roles & wanted, wanted & ~account.Roles);
        var now = time.Now();
        var grant = new RoleGrant
        {
            Id = time.NewId(),
            AccountId = account.Id,
            Roles = given,
            InsteadOf = kept == Roles.None ? account.Roles : Roles.None,
            GivenBy = giver,
            GivenAt = now,
            DueAt = await CanSomebodyElseConfirmAsync(db, giver, account.Id, ct) ? null : now.AddHours(PowerNotices.HoursToObject),
        };
        db.Set<RoleGrant>().Add(grant);
        if (kept != Roles.None && kept != account.Roles)
        {
            await ChangeAsync(db, roster, account, kept, ct);
        }

        if (grant.DueAt is not null)
        {
            await notices.RolesWaitAsync(db, ct);
        }

        return false;
    }

    /// <summary>Lets a grant take effect: the account holds its roles from now on.</summary>
    internal async Task ApplyAsync(ClinicDbContext db, StaffRoster roster, Account account, RoleGrant grant, CancellationToken ct)
    {
        await ChangeAsync(db, roster, account, grant.After(account.Roles), ct);
        notices.RolesHold(db, account);
    }

    /// <summary>Ends what an account was assigned, and what it gives or was given and still waits: it is switched off.</summary>
    internal async Task CloseAsync(ClinicDbContext db, Account account, Guid? by, CancellationToken ct)
    {
        await EndPartsAsync(db, account.Id, ct);
        await WithdrawAsync(db, account.Id, RoleGrantEnd.Lapsed, by, ct);
        await LapseGivenAsync(db, account.Id, by, ct);
    }

    private static Task<Roles> RolesOfAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) =>
        db.Set<Account>().Where(account => account.Id == accountId).Select(account => account.Roles).SingleAsync(ct);

    private bool HoldAtOnce(StaffRoster roster, Account account, Roles roles)
    {
        account.ChangeRoles(roles);
        roster.Note(roles, time.Now());
        return true;
    }

    private async Task ChangeAsync(ClinicDbContext db, StaffRoster roster, Account account, Roles roles, CancellationToken ct)
    {
        var before = account.Roles;
        HoldAtOnce(roster, account, roles);
        if (Power.IsChartLost(before, roles))
        {
            await EndPartsAsync(db, account.Id, ct);
        }

        if (before.HasAny(Roles.Administrator) && !roles.HasAny(Roles.Administrator))
        {
            await LapseGivenAsync(db, account.Id, by: null, ct);
        }
    }

    private async Task EndPartsAsync(ClinicDbContext db, Guid accountId, CancellationToken ct)
    {
        var now = time.Now();
        var parts = await db.Set<AccessGrant>().AsTracking()
            .Where(grant => grant.AccountId == accountId && (grant.EndsAt == null || grant.EndsAt > now)).ToListAsync(ct);
        parts.ForEach(part => part.End(now));
    }

    private async Task WithdrawAsync(ClinicDbContext db, Guid accountId, RoleGrantEnd how, Guid? by, CancellationToken ct)
    {
        var waiting = await db.Set<RoleGrant>().AsTracking()
            .SingleOrDefaultAsync(grant => grant.AccountId == accountId && grant.EndedAt == null, ct);
        waiting?.End(how, by, time.Now());
    }

    private async Task LapseGivenAsync(ClinicDbContext db, Guid giver, Guid? by, CancellationToken ct)
    {
        var waiting = await db.Set<RoleGrant>().AsTracking().Where(grant => grant.GivenBy == giver && grant.EndedAt == null)
            .ToListAsync(ct);
        waiting.ForEach(grant => grant.End(RoleGrantEnd.Lapsed, by, time.Now()));
    }

    private static Task<bool> CanSomebodyElseConfirmAsync(ClinicDbContext db, Guid giver, Guid accountId, CancellationToken ct) =>
        db.Set<Account>().AnyAsync(
            row => row.Id != giver && row.Id != accountId && row.Kind == AccountKind.Staff && row.Status == AccountStatus.Active
                && (row.Roles & Roles.Administrator) != Roles.None, ct);
}
