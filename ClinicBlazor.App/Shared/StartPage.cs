using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.App.Shared;

/// <summary>Where people begin after the sign-in.</summary>
internal static class StartPage
{
    /// <summary>The first page of somebody of the staff; null for a patient, who begins at the cards.</summary>
    public static string? OfStaff(Actor actor, AdministrationNetworks administration) =>
        actor.May(Permission.VisitChange) ? "/patients"
        : !actor.May(Permission.AccountManage) ? null
        : administration.Allow(actor.Client) ? "/admin/accounts"
        : "/account";
}
