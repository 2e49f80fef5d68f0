using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>Ends the session. Opened as a page it only asks: a foreign page's link must not sign anybody out.</summary>
[AllowAnonymous]
public sealed class LogoutModel(SessionService sessions, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>Asks whoever is signed in.</summary>
    public IActionResult OnGet() => Stage is null ? LocalRedirect(CurrentActor.SignedOutPath) : Page();

    /// <summary>Ends the session in the database and takes the cookie away.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Stage is not null)
        {
            await sessions.SignOutAsync(Actor);
        }

        SessionCookie.Delete(HttpContext);
        return LocalRedirect(CurrentActor.SignedOutPath);
    }
}
