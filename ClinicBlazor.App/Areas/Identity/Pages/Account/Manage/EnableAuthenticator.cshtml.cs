using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Enrols an authenticator: scan, type the code, keep the recovery codes. Staff get nowhere else before.</summary>
[Authorize(Policy = ClinicPolicies.AnySession)]
public sealed class EnableAuthenticatorModel(OwnAccountService own, IOptions<ClinicBranding> branding, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The key in groups of four, to type.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The key, to scan.</summary>
    public EnrolmentQr Qr { get; private set; } = new(0, "");

    /// <summary>True for staff who wait for this before anything opens.</summary>
    public bool Mandatory => Stage == SessionStage.AwaitingEnrolment;

    /// <summary>Shows the key.</summary>
    public async Task<IActionResult> OnGetAsync() => await ShowKeyAsync() ? Page() : TurnAway();

    /// <summary>Checks the first code, and shows the recovery codes this once.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var result = await own.CompleteEnrolmentAsync(Actor, Input.Code ?? "", Aborted);
        if (result.IsSuccess)
        {
            SessionCookie.Write(HttpContext, result.Value.Session);
            BrowserCookie.Write(HttpContext, result.Value.Browser);
            return this.ShowRecoveryCodes(result.Value.RecoveryCodes, Destination);
        }

        return result.Error!.Kind == ErrorKind.Invalid && await ShowKeyAsync() ? Refuse(result.Error) : TurnAway();
    }

    /// <summary>Whoever has a second factor already gives it, or looks after it.</summary>
    private IActionResult TurnAway() => Stage is SessionStage.Full ? RedirectToPage("TwoFactorAuthentication") : GoOn(Stage ?? SessionStage.AwaitingSecondFactor);

    private async Task<bool> ShowKeyAsync()
    {
        var key = await own.BeginEnrolmentAsync(Actor, branding.Value.Name, Aborted);
        if (key.IsSuccess)
        {
            (Key, Qr) = (key.Value.Key, EnrolmentQr.Of(key.Value.Uri));
        }

        return key.IsSuccess;
    }

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>Six digits.</summary>
        public string? Code { get; set; }
    }
}
