using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>Finds what ends with an account: whoever switches the account off sees nothing else of those patients.</summary>
internal static class HeldByAccount
{
    /// <summary>The rows of one kind that an account holds. Throws in a lease that is not made for acts on accounts.</summary>
    public static IQueryable<T> HeldBy<T>(this ClinicDbContext db, Guid accountId)
        where T : class, IEndsWithAccount =>
        db.Scope.MayChangeRoles
            ? db.Set<T>().IgnoreQueryFilters([ClinicDbContext.AccessFilter])
                .Where(row => EF.Property<Guid>(row, nameof(IEndsWithAccount.AccountId)) == accountId)
            : throw new InvalidOperationException("What an account holds of patients is found by the acts on accounts alone.");
}
