using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Asks again who sits here and leads back to what asked for it; for pages without a circuit and its dialog.</summary>
[Authorize(Policy = nameof(Permission.OwnAccount))]
public sealed class ProveModel(OwnAccountService own, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The form.</summary>
    public void OnGet()
    {
        // Nothing to load.
    }

    /// <summary>Checks the proof.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!Require(nameof(Input.Proof), Input.Proof, "Type your password or the code."))
        {
            return Page();
        }

        var result = await own.ProveAsync(Actor, Input.Proof!, Aborted);
        return result.Error is { } error ? Refuse(error) : LocalRedirect(Destination);
    }

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>The present password, or six digits.</summary>
        public string? Proof { get; set; }
    }
}
