using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>Roles that wait for a second person.</summary>
/// <param name="Id">Id.</param>
/// <param name="AccountId">To whom.</param>
/// <param name="DisplayName">Name of whoever they are given to.</param>
/// <param name="Roles">The roles.</param>
/// <param name="GivenBy">Name of whoever gave them.</param>
/// <param name="GivenAt">When.</param>
/// <param name="DueAt">When they take effect by themselves; null where they wait until somebody confirms.</param>
/// <param name="MayConfirm">True when the reader is a second person.</param>
public sealed record WaitingRoles(
    Guid Id, Guid AccountId, string DisplayName, Roles Roles, string GivenBy, DateTimeOffset GivenAt, DateTimeOffset? DueAt,
        bool MayConfirm);

/// <summary>The second person's part when roles are given that reach charts or the administration.</summary>
public sealed class RoleGrantService(ClinicGate gate, RolePower power, TimeProvider time)
{
    /// <summary>What waits, the oldest first.</summary>
    public Task<Result<IReadOnlyList<WaitingRoles>>> ListAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<WaitingRoles>>(actor, new AccessRequest(Permission.AccountList, AuditAct.AccountsListed), async db =>
            Result.Of<IReadOnlyList<WaitingRoles>>(await db.Set<RoleGrant>()
                .Where(grant => grant.EndedAt == null)
                .Join(db.Set<Account>(), grant => grant.AccountId, account => account.Id,
                    (grant, account) => new { grant, account.DisplayName })
                .Join(db.Set<Account>(), row => row.grant.GivenBy, giver => giver.Id,
                    (row, giver) => new { row.grant, row.DisplayName, Giver = giver.DisplayName })
                .OrderBy(row => row.grant.GivenAt).ThenBy(row => row.grant.Id)
                .Select(row => new WaitingRoles(
                    row.grant.Id, row.grant.AccountId, row.DisplayName, row.grant.Roles, row.Giver, row.grant.GivenAt, row.grant.DueAt,
                    row.grant.GivenBy != actor.AccountId && row.grant.AccountId != actor.AccountId))
                .ToListAsync(ct)), ct);

    /// <summary>
    /// Confirms what another administrator has given to a third person: the roles hold from now on, and somebody who was
    /// invited with them gets the invitation.
    /// </summary>
    public Task<Result<Done>> ConfirmAsync(Actor actor, Guid accountId, Guid grantId, CancellationToken ct) =>
        DecideAsync(actor, accountId, grantId, AuditAct.RolesConfirmed, async (db, trace, roster, grant) =>
        {
            if (grant.GivenBy == actor.AccountId || grant.AccountId == actor.AccountId)
            {
                return Error.Invalid("Grant", "Another administrator must confirm this.");
            }

            var account = await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == grant.AccountId, ct);
            trace.Say(AuditDetails.OfRoles(grant.Roles, grant.InsteadOf));
            grant.End(RoleGrantEnd.Confirmed, actor.AccountId, time.Now());
            await power.ApplyAsync(db, roster, account, grant, trace, ct);
            return Done.Instance;
        }, ct);

    /// <summary>Takes back what waits; whoever gave it may too.</summary>
    public Task<Result<Done>> WithdrawAsync(Actor actor, Guid accountId, Guid grantId, CancellationToken ct) =>
        DecideAsync(actor, accountId, grantId, AuditAct.RolesWithdrawn, (_, trace, _, grant) =>
        {
            trace.Say(AuditDetails.OfRoles(Roles.None, grant.Roles));
            grant.End(RoleGrantEnd.Withdrawn, actor.AccountId, time.Now());
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, ct);

    private Task<Result<Done>> DecideAsync(
        Actor actor, Guid accountId, Guid grantId, AuditAct act,
            Func<ClinicDbContext, AuditTrace, StaffRoster, RoleGrant, Task<Result<Done>>> decide, CancellationToken ct) =>
        gate.RunAsync<Done>(actor, new AccessRequest(Permission.AccountManage, act) { SubjectId = accountId, Sent = grantId },
            async (db, trace) =>
        {
            if (await StaffRoster.TakeAsync(db, actor.AccountId, ct) is not { } roster)
            {
                return Error.Denied;
            }

            var grant = await db.Set<RoleGrant>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == grantId && row.AccountId == accountId && row.EndedAt == null, ct);
            return grant is null ? Error.NotFound : await decide(db, trace, roster, grant);
        }, ct, retry: true);
}
