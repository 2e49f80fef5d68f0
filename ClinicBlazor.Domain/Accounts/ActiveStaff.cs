using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>Who counts as staff in use, in every query alike.</summary>
internal static class ActiveStaff
{
    /// <summary>The accounts of staff that are in use and have one of <paramref name="any"/>.</summary>
    public static IQueryable<Account> ActiveAs(this IQueryable<Account> accounts, Roles any) => accounts.Where(account =>
        account.Kind == AccountKind.Staff && account.Status == AccountStatus.Active && (account.Roles & any) != Roles.None);

    /// <summary>The administrators whose account is in use.</summary>
    public static IQueryable<Account> ActiveAdministrators(this IQueryable<Account> accounts) => accounts.ActiveAs(Roles.Administrator);
}
