using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages;

/// <summary>What is left when a session has ended: nothing of it.</summary>
[AllowAnonymous]
public sealed class SignedOutModel(IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>Clears what the browser kept. Whoever is signed in goes home: the page would not be true.</summary>
    public IActionResult OnGet()
    {
        if (Stage == SessionStage.Full)
        {
            return LocalRedirect("/");
        }

        // A circuit cannot delete a cookie, so one of an ended session may still be there.
        SessionCookie.Delete(HttpContext);
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Page();
    }
}
