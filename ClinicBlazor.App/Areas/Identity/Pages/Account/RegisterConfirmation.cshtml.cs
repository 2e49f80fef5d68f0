using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>Says that a mail is on its way; the same for every address.</summary>
[AllowAnonymous]
public sealed class RegisterConfirmationModel(IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>The answer.</summary>
    public void OnGet()
    {
        // Nothing to load: it is the same for everybody.
    }
}
