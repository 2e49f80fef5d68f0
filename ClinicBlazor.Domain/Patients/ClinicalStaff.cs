using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A member of staff who can be put on a care team or take part in a visit.</summary>
/// <param name="AccountId">Id.</param>
/// <param name="DisplayName">Name.</param>
public sealed record StaffMember(Guid AccountId, string DisplayName);

/// <summary>Who can be assigned to patients.</summary>
internal static class ClinicalStaff
{
    /// <summary>All of them, by name.</summary>
    public static async Task<IReadOnlyList<StaffMember>> ListAsync(ClinicDbContext db, CancellationToken ct) =>
        await Query(db)
            .OrderBy(account => account.DisplayName)
            .Select(account => new StaffMember(account.Id, account.DisplayName))
            .ToListAsync(ct);

    /// <summary>True when the account is one of them.</summary>
    public static Task<bool> HoldsAsync(ClinicDbContext db, Guid accountId, CancellationToken ct) =>
        Query(db).AnyAsync(account => account.Id == accountId, ct);

    private static IQueryable<Account> Query(ClinicDbContext db) =>
        db.Accounts.Where(account => account.Status == AccountStatus.Active && (account.Roles & Roles.CareTeamEligible) != Roles.None);
}
