using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>What happens when a link takes effect, whoever decides it.</summary>
internal static class AccountLinks
{
    /// <summary>A patient's own account, as the actor sees it; null when there is none.</summary>
    public static async Task<LinkedAccount?> FindAsync(ClinicDbContext db, Actor actor, Guid patientId, CancellationToken ct)
    {
        var link = await db.Set<AccountLink>()
            .Where(row => row.PatientId == patientId && row.EndedAt == null)
            .Join(db.Set<Account>(), row => row.RequestedBy, account => account.Id,
                (row, account) => new
                {
                    row.Id, row.AccountId, row.Document, row.RequestedBy, row.InForceAt, row.DueAt, account.DisplayName,
                })
            .SingleOrDefaultAsync(ct);
        var accountId = link?.AccountId;
        var account = await db.Set<Account>().Where(row => row.PatientId == patientId || row.Id == accountId)
            .Select(row => new { row.Id, row.Email }).FirstOrDefaultAsync(ct);
        var waits = link is { InForceAt: null };
        return account is null
            ? null
            : new LinkedAccount(
                account.Id, link?.Id, account.Email!, !waits, link?.Document, link?.DisplayName, waits ? link!.DueAt : null,
                waits && link!.RequestedBy != actor.AccountId && actor.May(Permission.PatientAccountConfirm));
    }

    /// <summary>
    /// Puts a link in force. False, and the link has ended, when the account or whoever asked for it is not what it was:
    /// what somebody has asked for goes with their right to ask.
    /// </summary>
    public static async Task<bool> ApplyAsync(ClinicDbContext db, AccountLink link, Guid? confirmedBy, DateTimeOffset now,
        CancellationToken ct)
    {
        var account = await db.Set<Account>().AsTracking().SingleOrDefaultAsync(
            row => row.Id == link.AccountId && row.Status == AccountStatus.Active && row.Roles == Roles.Patient
                && row.PatientId == null, ct);
        if (account is null || !await MayStillAskAsync(db, link, now, ct))
        {
            link.End(by: null, now);
            return false;
        }

        account.LinkTo(link.PatientId);
        link.TakeEffect(confirmedBy, now);
        return true;
    }

    /// <summary>
    /// Whether whoever asked for a link may still ask for it: as what the account is today, and from the care team only as long
    /// as it is on it.
    /// </summary>
    private static async Task<bool> MayStillAskAsync(ClinicDbContext db, AccountLink link, DateTimeOffset now, CancellationToken ct)
    {
        var requester = await db.Set<Account>().AsTracking()
            .SingleOrDefaultAsync(row => row.Id == link.RequestedBy && row.Status == AccountStatus.Active, ct);
        if (requester is null)
        {
            return false;
        }

        // Of this and an act that takes the right away at the same moment, the later one is judged again.
        requester.Touch();
        var reach = AccessPolicy.ReachOf(requester.Roles, Permission.PatientAccountLink);
        return reach.HasFlag(Reach.Everyone) || (reach.HasFlag(Reach.Team) && await db.Set<AccessGrant>().InForceAt(now).AnyAsync(
            grant => grant.PatientId == link.PatientId && grant.AccountId == requester.Id && grant.Kind == GrantKind.CareTeam, ct));
    }
}
