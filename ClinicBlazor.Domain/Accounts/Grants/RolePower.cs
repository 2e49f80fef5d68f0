using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
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
    internal Task<bool> FirstAsync(ClinicDbContext db, StaffRoster roster, Account account, Roles wanted, Guid giver, AuditTrace trace,
        CancellationToken ct) =>
        !roster.HasClinicalStaff && !wanted.HasAny(Roles.Administrator)
            ? Task.FromResult(HoldAtOnce(db, roster, account, wanted, giver))
            : GiveAsync(db, roster, account, wanted, giver, trace, ct);

    /// <summary>
    /// Gives an account other roles. True when all of it holds at once. Where what is added waits and what is taken does not, that
    /// is an act of its own, of which the owner is told like of any other.
    /// </summary>
    internal async Task<bool> GiveAsync(ClinicDbContext db, StaffRoster roster, Account account, Roles wanted, Guid giver,
        AuditTrace trace, CancellationToken ct)
    {
        await WithdrawAsync(db, account.Id, RoleGrantEnd.Withdrawn, giver, ct);
        if (!Power.IsAdded(account.Roles, wanted)
            && !Power.IsAssigningAdded(await RolesOfAsync(db, giver, ct), account.Roles, wanted))
        {
            NoteAlone(db, account, wanted, giver);
            await ChangeAsync(db, roster, account, wanted, ct);
            return true;
        }

        var (kept, given) = (account.Roles & wanted, wanted & ~account.Roles);
        await WaitAsync(db, account, given, kept == Roles.None ? account.Roles : Roles.None, giver, ct);
        if (kept != Roles.None && kept != account.Roles)
        {
            trace.AlsoDoneTo(account.Id, AuditAct.RolesChanged, AuditDetails.OfRoles(Roles.None, account.Roles & ~kept));
            await ChangeAsync(db, roster, account, kept, ct);
        }

        return false;
    }

    /// <summary>
    /// Lets a grant take effect: the account holds its roles from now on. Who becomes clinical by it could be assigned through
    /// a front desk that they gave alone before: that waits for a second person now.
    /// </summary>
    internal async Task ApplyAsync(ClinicDbContext db, StaffRoster roster, Account account, RoleGrant grant, AuditTrace trace,
        CancellationToken ct)
    {
        var before = account.Roles;
        await ChangeAsync(db, roster, account, grant.After(before), ct);
        notices.RolesHold(db, account);
        if (!before.HasAny(Roles.Clinical) && account.Roles.HasAny(Roles.Clinical))
        {
            await DoubtGivenAloneAsync(db, roster, account.Id, trace, ct);
        }
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

    private bool HoldAtOnce(ClinicDbContext db, StaffRoster roster, Account account, Roles roles, Guid giver)
    {
        NoteAlone(db, account, roles, giver);
        Hold(roster, account, roles);
        return true;
    }

    private void Hold(StaffRoster roster, Account account, Roles roles)
    {
        account.ChangeRoles(roles);
        roster.Note(roles, time.Now());
    }

    private async Task WaitAsync(ClinicDbContext db, Account account, Roles given, Roles insteadOf, Guid giver, CancellationToken ct)
    {
        var now = time.Now();
        var grant = new RoleGrant
        {
            Id = time.NewId(),
            AccountId = account.Id,
            Roles = given,
            InsteadOf = insteadOf,
            GivenBy = giver,
            GivenAt = now,
            DueAt = await CanSomebodyElseConfirmAsync(db, giver, account.Id, ct) ? null : now.AddHours(PowerNotices.HoursToObject),
        };
        db.Set<RoleGrant>().Add(grant);
        if (grant.DueAt is not null)
        {
            await notices.RolesWaitAsync(db, giver, ct);
        }
    }

    /// <summary>Keeps who gave roles alone that assign patients: they are asked about again when the giver becomes clinical.</summary>
    private void NoteAlone(ClinicDbContext db, Account account, Roles wanted, Guid giver)
    {
        if (Power.AssigningOf(wanted & ~account.Roles) is var assigning && assigning == Roles.None)
        {
            return;
        }

        var now = time.Now();
        var grant = new RoleGrant
        {
            Id = time.NewId(), AccountId = account.Id, Roles = assigning, InsteadOf = Roles.None, GivenBy = giver, GivenAt = now,
        };
        grant.End(RoleGrantEnd.AtOnce, giver, now);
        db.Set<RoleGrant>().Add(grant);
    }

    private async Task DoubtGivenAloneAsync(ClinicDbContext db, StaffRoster roster, Guid giver, AuditTrace trace, CancellationToken ct)
    {
        var accounts = await db.Set<RoleGrant>().Where(grant => grant.GivenBy == giver && grant.Ended == RoleGrantEnd.AtOnce)
            .Select(grant => grant.AccountId).Distinct().ToListAsync(ct);
        foreach (var id in accounts)
        {
            var desk = await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == id, ct);
            var assigning = Power.AssigningOf(desk.Roles);

            // Who is an administrator became it through somebody else; what is off is given anew when it is switched on.
            if (assigning == Roles.None || desk.Roles.HasAny(Roles.Administrator) || desk.Status == AccountStatus.Deactivated
                || !await IsGivenAloneAsync(db, id, giver, assigning, ct))
            {
                continue;
            }

            if (await WithdrawAsync(db, id, RoleGrantEnd.Withdrawn, by: null, ct) is { } waited)
            {
                trace.AlsoDoneTo(id, AuditAct.RolesWithdrawn, AuditDetails.OfRoles(Roles.None, waited.Roles));
            }

            await ChangeAsync(db, roster, desk, desk.Roles & ~assigning, ct);
            await WaitAsync(db, desk, assigning, Roles.None, giver, ct);
            trace.AlsoDoneTo(id, AuditAct.RolesChanged, AuditDetails.OfRoles(Roles.None, assigning));
            trace.AlsoDoneTo(id, AuditAct.RolesGiven, AuditDetails.OfRoles(assigning));
        }
    }

    /// <summary>True when the roles that assign were last given by one person, and nobody else has decided on them since.</summary>
    private static async Task<bool> IsGivenAloneAsync(ClinicDbContext db, Guid accountId, Guid giver, Roles assigning, CancellationToken ct)
    {
        var held = await db.Set<RoleGrant>()
            .Where(grant => grant.AccountId == accountId && (grant.Roles & assigning) != Roles.None
                && (grant.Ended == RoleGrantEnd.AtOnce || grant.Ended == RoleGrantEnd.Confirmed || grant.Ended == RoleGrantEnd.CameDue))
            .OrderByDescending(grant => grant.EndedAt).ThenByDescending(grant => grant.Id).FirstOrDefaultAsync(ct);
        return held is { Ended: RoleGrantEnd.AtOnce } && held.GivenBy == giver;
    }

    private async Task ChangeAsync(ClinicDbContext db, StaffRoster roster, Account account, Roles roles, CancellationToken ct)
    {
        var before = account.Roles;
        Hold(roster, account, roles);
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
        var parts = await db.Set<AccessGrant>().AsTracking().NotEndedAt(now).Where(grant => grant.AccountId == accountId).ToListAsync(ct);
        parts.ForEach(part => part.End(now));
    }

    private async Task<RoleGrant?> WithdrawAsync(ClinicDbContext db, Guid accountId, RoleGrantEnd how, Guid? by, CancellationToken ct)
    {
        var waiting = await db.Set<RoleGrant>().AsTracking()
            .SingleOrDefaultAsync(grant => grant.AccountId == accountId && grant.EndedAt == null, ct);
        waiting?.End(how, by, time.Now());
        return waiting;
    }

    private async Task LapseGivenAsync(ClinicDbContext db, Guid giver, Guid? by, CancellationToken ct)
    {
        var waiting = await db.Set<RoleGrant>().AsTracking().Where(grant => grant.GivenBy == giver && grant.EndedAt == null)
            .ToListAsync(ct);
        waiting.ForEach(grant => grant.End(RoleGrantEnd.Lapsed, by, time.Now()));
    }

    private static Task<bool> CanSomebodyElseConfirmAsync(ClinicDbContext db, Guid giver, Guid accountId, CancellationToken ct) =>
        db.Set<Account>().ActiveAdministrators().AnyAsync(row => row.Id != giver && row.Id != accountId, ct);
}
