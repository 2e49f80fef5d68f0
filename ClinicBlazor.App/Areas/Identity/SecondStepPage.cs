using ClinicBlazor.App.Areas.Identity.Pages.Account;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>The second step of a sign-in, with the authenticator or with a recovery code.</summary>
[SentAnew]
public abstract class SecondStepPage(IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>Shows the form to those who have taken the first step, and leads others to where they belong.</summary>
    public IActionResult OnGet() => TurnAway() ?? Page();

    /// <summary>Where somebody belongs whose sign-in is not at its second step; null for somebody whose is.</summary>
    protected IActionResult? TurnAway() => Stage switch
    {
        SessionStage.AwaitingSecondFactor => null,
        null => RedirectToPage("/Account/Login", new { note = LoginNote.Expired, returnUrl = Destination == "/" ? null : Destination }),
        { } stage => GoOn(stage),
    };

    /// <summary>Takes the full session over, or shows the form again with the one message for all failures.</summary>
    protected IActionResult Finish(Result<SignInAttempt> attempt, string nameOfCode, string failure)
    {
        if (attempt.Error is { Kind: ErrorKind.Invalid } error)
        {
            return Refuse(error, _ => nameOfCode);
        }

        if (attempt is not { IsSuccess: true, Value: { Session: { } session, Browser: var browser } })
        {
            return Refuse(failure);
        }

        SessionCookie.Write(HttpContext, session);
        BrowserCookie.Write(HttpContext, browser);
        return GoOn(session.Stage);
    }
}
