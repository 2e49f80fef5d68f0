using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Whether one's second factor is on, how many recovery codes are left, and what can be done about it.</summary>
[Authorize(Policy = nameof(Permission.OwnAccount))]
public sealed class TwoFactorAuthenticationModel(OwnAccountService own, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>One's own account.</summary>
    public OwnAccount Account { get; private set; } = null!;

    /// <summary>Reads the account.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var account = await own.GetAsync(Actor, Aborted);
        if (!account.IsSuccess)
        {
            return Forbid();
        }

        Account = account.Value;
        return Page();
    }
}
