using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>A patient switches the second factor off, against the password. Staff cannot.</summary>
[Authorize(Policy = nameof(Permission.OwnAccount))]
public sealed class Disable2faModel(OwnAccountService own, IStringLocalizer<IdentityText> text) : PasswordProofPage(own, text)
{
    /// <inheritdoc />
    protected override bool Applies(OwnAccount account) => account is { TwoFactorEnabled: true, TwoFactorMandatory: false };

    /// <inheritdoc />
    protected override async Task<IActionResult> ActAsync(string password)
    {
        var result = await Own.DisableSecondFactorAsync(Actor, password, Aborted);
        return result.Error is { } error ? RefusePassword(error) : RedirectToPage("TwoFactorAuthentication");
    }
}
