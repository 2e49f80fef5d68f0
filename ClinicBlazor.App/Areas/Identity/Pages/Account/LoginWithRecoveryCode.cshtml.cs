using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>The second step of a sign-in without the authenticator: one of the ten recovery codes.</summary>
[AllowAnonymous]
public sealed class LoginWithRecoveryCodeModel(SignInService signIn, IStringLocalizer<IdentityText> text) : SecondStepPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Checks the code, which is used up by it.</summary>
    public async Task<IActionResult> OnPostAsync() => TurnAway() ?? Finish(
        await signIn.RecoveryCodeAsync(Actor, Input.RecoveryCode ?? "", Aborted), nameof(Input.RecoveryCode),
        "This code is not right, or it was used before. After five failures the account is locked for 30 minutes.");

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>Four groups of four letters and digits; case and hyphens do not matter.</summary>
        public string? RecoveryCode { get; set; }
    }
}
