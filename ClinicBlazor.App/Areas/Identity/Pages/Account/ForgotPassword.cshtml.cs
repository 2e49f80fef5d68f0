using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>Somebody forgot a password. The answer is the same for every address; only the mail tells more.</summary>
[AllowAnonymous]
public sealed class ForgotPasswordModel(RegistrationService registration, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The form.</summary>
    public void OnGet()
    {
        // Nothing to load: the answer is the same for everybody.
    }

    /// <summary>Takes the request.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!Require(nameof(Input.Email), Input.Email, "Type your e-mail address."))
        {
            return Page();
        }

        var result = await registration.RequestPasswordResetAsync(Domain.Access.Actor.Anonymous(HttpContext.ClientInfo()), Input.Email!,
            Aborted);
        return result.Error is { Kind: ErrorKind.Invalid } error ? Refuse(error) : RedirectToPage("ForgotPasswordConfirmation");
    }

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>Address of the account.</summary>
        public string? Email { get; set; }
    }
}
