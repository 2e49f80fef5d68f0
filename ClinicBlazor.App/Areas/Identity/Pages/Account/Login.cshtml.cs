using System.Net.Mime;
using ClinicBlazor.App.Accounts.Passkeys;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>What the sign-in page says above its form.</summary>
public enum LoginNote
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The second step was not taken in time.</summary>
    Expired,

    /// <summary>A password was just chosen by a mailed link.</summary>
    PasswordChosen,
}

/// <summary>The first step of a sign-in: address and password; or the whole of it: a passkey.</summary>
[AllowAnonymous]
[SentAnew]
public sealed class LoginModel(SignInService signIn, SessionService sessions, PasskeyCeremonies passkeys,
    IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>What to say above the form.</summary>
    [BindProperty(SupportsGet = true)]
    public LoginNote Note { get; set; }

    /// <summary>The form; whoever is signed in already goes home.</summary>
    public IActionResult OnGet() => Stage == SessionStage.Full ? LocalRedirect(Destination) : Page();

    /// <summary>Checks the password and leads on to what the sign-in still needs.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var complete = Require(nameof(Input.Email), Input.Email, "Type your e-mail address.");
        if (!Require(nameof(Input.Password), Input.Password, "Type your password.") || !complete)
        {
            return Page();
        }

        var visitor = Domain.Access.Actor.Anonymous(HttpContext.ClientInfo());
        var attempt = await signIn.PasswordAsync(visitor, Input.Email!, Input.Password!, Aborted);
        if (attempt.Error is { Kind: ErrorKind.Invalid } error)
        {
            return Refuse(error);
        }

        if (attempt is not { IsSuccess: true, Value: { Session: { } session, Browser: var browser } })
        {
            return Refuse("E-mail and password do not fit together. After five failures the account is locked for 30 minutes.");
        }

        return await TakeOverAsync(session, browser);
    }

    /// <summary>What the browser needs to use a passkey.</summary>
    public async Task<IActionResult> OnGetPasskeyOptionsAsync() =>
        Content(await passkeys.BeginSignInAsync(HttpContext), MediaTypeNames.Application.Json);

    /// <summary>Checks the browser's answer, which is both factors at once.</summary>
    public async Task<IActionResult> OnPostPasskeyAsync(string? answer) =>
        await passkeys.CompleteSignInAsync(HttpContext, answer) is { Session: { } session, Browser: var browser }
        ? await TakeOverAsync(session, browser)
        : Refuse(
            "This passkey does not open an account, or it took too long. Try again, or sign in with e-mail and password. After five failures the account is locked for 30 minutes.");

    private async Task<IActionResult> TakeOverAsync(StartedSession session, BrowserToken? browser)
    {
        // The cookie names one session; the one it named before would be left open with nobody to end it.
        if (Actor.SessionId is not null)
        {
            await sessions.SignOutAsync(Actor);
        }

        SessionCookie.Write(HttpContext, session);
        BrowserCookie.Write(HttpContext, browser);
        return GoOn(session.Stage);
    }

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>Address of the account.</summary>
        public string? Email { get; set; }

        /// <summary>Password.</summary>
        public string? Password { get; set; }
    }
}
