using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A member of staff who can be put on a care team or take part in a visit.</summary>
/// <param name="AccountId">Id.</param>
/// <param name="DisplayName">Name.</param>
public sealed record StaffMember(Guid AccountId, string DisplayName);

/// <summary>
/// Who can be assigned to a patient, by whom. Nobody assigns themselves. An administrator, who is not clinical, is
/// assigned by somebody of the care team alone: whoever manages the accounts of the front desk must not get at a chart
/// through one of them.
/// </summary>
internal static class ClinicalStaff
{
    /// <summary>The answer to somebody who would assign themselves.</summary>
    public const string NotOneself = "Somebody else must add you.";

    /// <summary>The answer to a choice that is not to be had.</summary>
    public const string NotClinical = "Choose somebody of the clinical staff.";

    /// <summary>All that the actor may assign, by name.</summary>
    public static async Task<IReadOnlyList<StaffMember>> ListAsync(ClinicDbContext db, Actor actor, Guid patientId, CancellationToken ct) =>
        await Query(db, actor, await EligibleAsync(db, actor, patientId, ct))
            .OrderBy(account => account.DisplayName)
            .Select(account => new StaffMember(account.Id, account.DisplayName))
            .ToListAsync(ct);

    /// <summary>The doctors among those who can be assigned to anybody, by name.</summary>
    public static async Task<IReadOnlyList<StaffMember>> DoctorsAsync(ClinicDbContext db, Actor actor, CancellationToken ct) =>
        await Query(db, actor, Roles.Doctor)
            .OrderBy(account => account.DisplayName)
            .Select(account => new StaffMember(account.Id, account.DisplayName))
            .ToListAsync(ct);

    /// <summary>
    /// One of them, tracked, so that an assignment meets whatever happens to the account at the same time; null
    /// otherwise.
    /// </summary>
    public static async Task<Account?> FindAsync(ClinicDbContext db, Actor actor, Guid patientId, Guid accountId, CancellationToken ct)
    {
        var member = await Query(db, actor, await EligibleAsync(db, actor, patientId, ct)).AsTracking()
            .SingleOrDefaultAsync(account => account.Id == accountId, ct);

        // In this order: what made the member clinical may have taken the actor's role in the same transaction.
        return member is not null && await db.Set<Account>().AnyAsync(
            row => row.Id == actor.AccountId && row.Status == AccountStatus.Active && row.Roles == actor.Roles, ct) ? member : null;
    }

    private static async Task<Roles> EligibleAsync(ClinicDbContext db, Actor actor, Guid patientId, CancellationToken ct)
    {
        var now = db.Scope.Now;
        var isOnTheTeam = actor.Roles.HasAny(Roles.Clinical) && await db.Set<AccessGrant>().InForceAt(now).AnyAsync(
            grant => grant.PatientId == patientId && grant.AccountId == actor.AccountId && grant.Kind == GrantKind.CareTeam, ct);
        return isOnTheTeam ? Roles.CareTeamEligible : Roles.Clinical;
    }

    private static IQueryable<Account> Query(ClinicDbContext db, Actor actor, Roles eligible) =>
        db.Set<Account>().ActiveAs(eligible).Where(account => account.Id != actor.AccountId);
}
