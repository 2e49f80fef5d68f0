using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>
/// Lets roles take effect whose time has come: those that nobody else could confirm. Nothing of it happens when whoever
/// gave them is no administrator any more.
/// </summary>
public sealed partial class RoleGrantSweeper(ClinicReadiness readiness, ClinicGate gate, RolePower power, TimeProvider time,
    ILogger<RoleGrantSweeper> log)
    : ClinicBackgroundService(readiness)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Decides on all grants that are due. Returns how many took effect.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = time.Now();
        List<Guid> due;
        await using (var db = await gate.OpenAccountsAsync(ct))
        {
            due = await db.Set<RoleGrant>().Where(grant => grant.EndedAt == null && grant.DueAt <= now).Select(grant => grant.Id)
                .ToListAsync(ct);
        }

        var taken = 0;
        foreach (var id in due)
        {
            taken += await DecideAsync(id, ct) ? 1 : 0;
        }

        return taken;
    }

    // The next round tries again; a role that comes a minute later harms nobody.
    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken ct) => RepeatAsync(Period, () => SweepAsync(ct), LogFault, ct);

    private async Task<bool> DecideAsync(Guid grantId, CancellationToken ct)
    {
        var taken = false;
        await gate.RunAsync<Done>(Actor.Anonymous(ClientInfo.Local), new AccessRequest(Permission.SignIn, AuditAct.RolesCameDue),
            async (db, trace) =>
        {
            taken = false;
            var roster = await StaffRoster.TakeAsync(db, ct);
            var grant = await db.Set<RoleGrant>().AsTracking().SingleOrDefaultAsync(row => row.Id == grantId && row.EndedAt == null, ct);
            if (grant is null)
            {
                return Error.Invalid("Grant", "This was decided already.");
            }

            trace.SubjectId = grant.AccountId;
            trace.Say(AuditDetails.OfRoles(grant.Roles, grant.InsteadOf));
            var account = await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == grant.AccountId, ct);
            if (account.Status == AccountStatus.Deactivated
                || !await db.Set<Account>().ActiveAdministrators().AnyAsync(row => row.Id == grant.GivenBy, ct))
            {
                trace.Outcome = AuditOutcome.Failed;
                grant.End(RoleGrantEnd.Lapsed, by: null, time.Now());
                return Done.Instance;
            }

            taken = true;
            grant.End(RoleGrantEnd.CameDue, by: null, time.Now());
            await power.ApplyAsync(db, roster, account, grant, trace, ct);
            return Done.Instance;
        }, ct, retry: true);
        return taken;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Roles whose time has come could not be looked for")]
    private partial void LogFault(Exception fault);
}
