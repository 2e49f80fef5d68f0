using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Enrols an authenticator: scan, type the code, keep the recovery codes. Staff get nowhere else before.</summary>
[Authorize(Policy = ClinicPolicies.AnySession)]
public sealed class EnableAuthenticatorModel(OwnAccountService own, IOptions<ClinicBranding> branding, IStringLocalizer<IdentityText> text)
    : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The key in groups of four, to type.</summary>
    public string Key { get; private set; } = "";

    /// <summary>True in the one answer that shows the key.</summary>
    public bool ShowsKey => Key.Length > 0;

    /// <summary>The key, to scan.</summary>
    public EnrolmentQr Qr { get; private set; } = new(0, "");

    /// <summary>True for staff who wait for this before anything opens.</summary>
    public bool Mandatory => Stage == SessionStage.AwaitingEnrolment;

    /// <summary>Shows a new key, this once.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await own.GetAsync(Actor, Aborted) is not { IsSuccess: true, Value.TwoFactorEnabled: false })
        {
            return TurnAway();
        }

        var key = await own.BeginEnrolmentAsync(Actor, branding.Value.Name, Aborted);
        if (key.Error is { } error)
        {
            return error.Kind == ErrorKind.StepUpNeeded
                ? RedirectToPage("Prove", new { returnUrl = Url.Page("EnableAuthenticator", ForReturn) }) : TurnAway();
        }

        (Key, Qr) = (key.Value.Key, EnrolmentQr.Of(key.Value.Uri));
        return Page();
    }

    /// <summary>Checks the first code, and shows the recovery codes this once.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var result = await own.CompleteEnrolmentAsync(Actor, Input.Code ?? "", Aborted);
        if (result.IsSuccess)
        {
            SessionCookie.Write(HttpContext, result.Value.Session);
            BrowserCookie.Write(HttpContext, result.Value.Browser);
            return this.ShowRecoveryCodes(result.Value.RecoveryCodes, Next);
        }

        return result.Error!.Kind == ErrorKind.Invalid ? Refuse(result.Error) : TurnAway();
    }

    // Whoever came here by a link to this very page has nothing more to do on it.
    private string Next => Destination.StartsWith($"{Request.Path}", StringComparison.OrdinalIgnoreCase) ? "/" : Destination;

    /// <summary>Whoever has a second factor already gives it, or looks after it.</summary>
    private IActionResult TurnAway() => Stage is SessionStage.Full ? RedirectToPage("TwoFactorAuthentication")
        : GoOn(Stage ?? SessionStage.AwaitingSecondFactor);

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>Six digits.</summary>
        public string? Code { get; set; }
    }
}
