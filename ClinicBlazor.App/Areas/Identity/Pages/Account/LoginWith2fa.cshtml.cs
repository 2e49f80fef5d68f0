using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>The second step of a sign-in: the authenticator's code.</summary>
[AllowAnonymous]
public sealed class LoginWith2faModel(SignInService signIn, IStringLocalizer<IdentityText> text) : SecondStepPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Checks the code.</summary>
    public async Task<IActionResult> OnPostAsync() => TurnAway() ?? Finish(
        await signIn.SecondFactorAsync(Actor, Input.TwoFactorCode ?? "", Aborted), nameof(Input.TwoFactorCode),
        "This code is not right, or it was used before. Wait for the next one. After five failures the account is locked for 30 minutes.");

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>Six digits.</summary>
        public string? TwoFactorCode { get; set; }
    }
}
