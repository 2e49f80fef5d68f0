using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Ten new recovery codes, against the password.</summary>
[Authorize(Policy = nameof(Permission.OwnAccount))]
public sealed class GenerateRecoveryCodesModel(OwnAccountService own, IStringLocalizer<IdentityText> text) : PasswordProofPage(own, text)
{
    /// <inheritdoc />
    protected override bool Applies(OwnAccount account) => account.TwoFactorEnabled;

    /// <inheritdoc />
    protected override async Task<IActionResult> ActAsync(string password)
    {
        var result = await Own.RenewRecoveryCodesAsync(Actor, password, Aborted);
        return result.Error is { } error ? RefusePassword(error) : this.ShowRecoveryCodes(result.Value, "/account");
    }
}
