using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.App.Home;

/// <summary>Where people begin after the sign-in.</summary>
internal static class StartPage
{
    /// <summary>The first page of somebody of the staff; null for a patient, who begins at the cards.</summary>
    public static string? OfStaff(Roles roles) =>
        AccessPolicy.Allows(roles, Permission.PatientList) ? "/patients"
        : AccessPolicy.Allows(roles, Permission.AccountManage) ? "/admin/accounts"
        : null;
}
