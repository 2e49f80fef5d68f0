using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Changes one's own password, against the present one.</summary>
[Authorize(Policy = nameof(Permission.OwnAccount))]
public sealed class ChangePasswordModel(OwnAccountService own, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>True once it was changed.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Changed { get; set; }

    /// <summary>The form, or the answer to it.</summary>
    public void OnGet()
    {
        // Nothing to load.
    }

    /// <summary>Changes it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        Changed = false;
        var complete = Require(nameof(Input.OldPassword), Input.OldPassword, "Type your password.");
        if (!Require(nameof(Input.NewPassword), Input.NewPassword, "Type a new password.") || !complete)
        {
            return Page();
        }

        var result = await own.ChangePasswordAsync(Actor, Input.OldPassword!, Input.NewPassword!, Aborted);
        return result.Error is { } error
            ? Refuse(error, field => field == "CurrentPassword" ? nameof(Input.OldPassword) : field)
            : RedirectToPage(new { changed = true });
    }

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>The present password.</summary>
        public string? OldPassword { get; set; }

        /// <summary>The new password.</summary>
        public string? NewPassword { get; set; }
    }
}
