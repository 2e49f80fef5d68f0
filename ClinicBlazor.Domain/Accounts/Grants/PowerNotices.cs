using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>
/// Tells those who can object that power was given which takes effect without a second person. The mails go into the
/// transaction of the act: nothing takes effect of which nobody was told.
/// </summary>
public sealed class PowerNotices(MailQueue mails)
{
    /// <summary>How long those who were told have to object, in hours.</summary>
    public const int HoursToObject = 24;

    /// <summary>Roles wait that nobody can confirm: everybody clinical is told.</summary>
    internal async Task RolesWaitAsync(ClinicDbContext db, CancellationToken ct) =>
        Write(db, await ClinicalAsync(db, ct), AccountMailKind.RolesWait);

    /// <summary>
    /// An account waits to read a patient's chart: the address on file and the care team are told, and where there is
    /// neither, everybody clinical.
    /// </summary>
    internal async Task LinkWaitsAsync(ClinicDbContext db, Guid patientId, string? addressOnFile, CancellationToken ct)
    {
        var now = db.Scope.Now;
        var members = db.Set<AccessGrant>().InForceAt(now)
            .Where(grant => grant.PatientId == patientId && grant.Kind == GrantKind.CareTeam)
            .Select(grant => grant.AccountId);
        var team = await db.Set<Account>().Where(account => account.Status == AccountStatus.Active && members.Contains(account.Id))
            .ToListAsync(ct);
        Write(db, addressOnFile is null && team.Count == 0 ? await ClinicalAsync(db, ct) : team, AccountMailKind.ChartLinkWaits);
        if (addressOnFile is not null)
        {
            mails.WriteTo(db, addressOnFile, AccountMailKind.ChartLinkAsked);
        }
    }

    /// <summary>Roles that waited hold from now on: their owner is told, or invited at last.</summary>
    internal void RolesHold(ClinicDbContext db, Account account) =>
        mails.Write(db, account, account.Status == AccountStatus.Invited ? AccountMailKind.Invitation : AccountMailKind.RolesChanged);

    private void Write(ClinicDbContext db, List<Account> accounts, AccountMailKind kind) =>
        accounts.ForEach(account => mails.Write(db, account, kind));

    private static Task<List<Account>> ClinicalAsync(ClinicDbContext db, CancellationToken ct) =>
        db.Set<Account>().ActiveAs(Roles.Clinical).ToListAsync(ct);
}
