using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>
/// Tells those who can object that power was given which takes effect without a second person. The mails go into the
/// transaction of the act: nothing takes effect of which nobody was told. Who gives it is none of those who can object, and
/// whoever could until lately still can: nobody is left out because somebody has sent them away first.
/// </summary>
public sealed class PowerNotices(MailQueue mails)
{
    /// <summary>How long those who were told have to object, in hours.</summary>
    public const int HoursToObject = 24;

    /// <summary>How long whoever left the clinical staff or a care team is told like those who are there, in days.</summary>
    public const int DaysRemembered = 30;

    /// <summary>
    /// Roles wait that nobody can confirm: everybody clinical is told. That is who is, and who was until lately: an
    /// administrator can switch them off, or take their roles, first.
    /// </summary>
    internal async Task RolesWaitAsync(ClinicDbContext db, Guid giver, CancellationToken ct)
    {
        var lately = LatelyOf(db);
        var parts = db.Set<AccessGrant>().Where(part => part.EndsAt > lately).Select(part => part.AccountId);
        var clinical = await db.Set<Account>().Where(account => account.Kind == AccountKind.Staff && account.Id != giver
            && (((account.Roles & Roles.Clinical) != Roles.None
                    && (account.Status == AccountStatus.Active
                        || (account.Status == AccountStatus.Deactivated && account.LastSignInAt > lately)))
                || parts.Contains(account.Id)))
            .ToListAsync(ct);
        Write(db, clinical.Count > 0 ? clinical : await StaffAsync(db, Roles.Staff, giver, ct), AccountMailKind.RolesWait);
    }

    /// <summary>
    /// An account waits to read a patient's chart: the address on file and the care team are told, with those who were on it
    /// until lately. Whoever asks may have typed that address and ended those parts: where nobody else is or was on the team,
    /// everybody clinical is told.
    /// </summary>
    internal async Task LinkWaitsAsync(ClinicDbContext db, Guid patientId, string? addressOnFile, Guid asker, CancellationToken ct)
    {
        var (now, lately) = (db.Scope.Now, LatelyOf(db));
        var members = db.Set<AccessGrant>()
            .Where(part => part.PatientId == patientId && part.Kind == GrantKind.CareTeam && part.StartsAt <= now
                && (part.EndsAt == null || part.EndsAt > lately))
            .Select(part => part.AccountId);
        var team = await db.Set<Account>()
            .Where(account => account.Status == AccountStatus.Active && account.Id != asker && members.Contains(account.Id))
            .ToListAsync(ct);
        Write(db, team.Count > 0 ? team : await StaffAsync(db, Roles.Clinical, asker, ct), AccountMailKind.ChartLinkWaits);
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

    private static DateTimeOffset LatelyOf(ClinicDbContext db) => db.Scope.Now.AddDays(-DaysRemembered);

    private static Task<List<Account>> StaffAsync(ClinicDbContext db, Roles roles, Guid except, CancellationToken ct) =>
        db.Set<Account>().ActiveAs(roles).Where(account => account.Id != except).ToListAsync(ct);
}
