using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The trail for those who may read all of it, to be counted: the filter would look at columns that are in no index, and so have each
/// row read that is only counted.
/// </summary>
internal static class WholeTrail
{
    /// <summary>Every entry. Throws <see cref="InvalidOperationException"/> for a lease that may not see them all.</summary>
    public static IQueryable<AuditEntry> Of(ClinicDbContext db) => db.Scope.MayReadTrail
        ? db.Set<AuditEntry>().IgnoreQueryFilters([ClinicDbContext.AccessFilter])
        : throw new InvalidOperationException("This lease may not read the whole trail.");
}
