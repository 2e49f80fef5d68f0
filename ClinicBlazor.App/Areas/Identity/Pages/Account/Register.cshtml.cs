using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>A patient asks for an account. The answer is the same for every address; only the mail tells more.</summary>
[AllowAnonymous]
public sealed class RegisterModel(RegistrationService registration, IStringLocalizer<IdentityText> text) : IdentityPage(text)
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
        var visitor = Domain.Access.Actor.Anonymous(HttpContext.ClientInfo());
        var result = await registration.RegisterAsync(visitor, Input.DisplayName ?? "", Input.Email ?? "", Aborted);
        return result.Error is { } error ? Refuse(error) : RedirectToPage("RegisterConfirmation");
    }

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>Name to be greeted with.</summary>
        public string? DisplayName { get; set; }

        /// <summary>Address of the new account.</summary>
        public string? Email { get; set; }
    }
}
