using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The patients whom a lease can see at all, where it does not see everybody. Lists begin with them: the filter alone
/// would walk the rows of the whole clinic to find those of thirty patients.
/// </summary>
internal static class PatientsInReach
{
    /// <summary>Their ids for one compartment; null for a lease that sees all of it.</summary>
    public static async Task<IReadOnlyList<Guid>?> OfAsync(ClinicDbContext db, Reach reach, CancellationToken ct)
    {
        if (reach.HasFlag(Reach.Everyone))
        {
            return null;
        }

        var scope = db.Scope;
        List<Guid> ids = reach.HasFlag(Reach.Assigned)
            ? await db.Set<AccessGrant>().InForceAt(scope.Now).Where(grant => grant.AccountId == scope.AccountId)
                .Select(grant => grant.PatientId).Distinct().ToListAsync(ct)
            : [];
        return scope.PatientId is { } own && reach.HasFlag(Reach.Self) ? [.. ids, own] : ids;
    }
}
