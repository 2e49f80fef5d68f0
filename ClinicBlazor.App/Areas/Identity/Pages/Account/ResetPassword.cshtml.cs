using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account;

/// <summary>
/// Where a mailed link leads: choose a password, for an invitation as for one that was forgotten. The secret of the
/// link moves from the address into a cookie at once, so that it stays in no history and goes out with no referrer.
/// </summary>
[AllowAnonymous]
public sealed class ResetPasswordModel(RegistrationService registration, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    private const int MinutesToType = 30;

    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>True when there is no link, or it was used or is too old.</summary>
    public bool LinkIsGone { get; private set; }

    private string CookieName => Request.IsHttps ? "__Host-clinic-link" : "clinic-link";

    /// <summary>Takes the secret out of the address, then shows the form.</summary>
    public IActionResult OnGet(string? code)
    {
        if (code is { Length: > 0 and <= 100 })
        {
            Response.Cookies.Append(CookieName, code, CookieRules(TimeSpan.FromMinutes(MinutesToType)));
            return RedirectToPage(new { code = (string?)null });
        }

        LinkIsGone = Request.Cookies[CookieName] is null;
        return Page();
    }

    /// <summary>Sets the password.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var visitor = Domain.Access.Actor.Anonymous(HttpContext.ClientInfo());
        var result = await registration.ChoosePasswordAsync(visitor, Request.Cookies[CookieName] ?? "", Input.Password ?? "", Aborted);
        if (result.Error is { Kind: ErrorKind.Invalid } error)
        {
            return Refuse(error);
        }

        Response.Cookies.Delete(CookieName, CookieRules(lifetime: null));
        LinkIsGone = !result.IsSuccess;
        return LinkIsGone ? Page() : RedirectToPage("Login", new { note = LoginNote.PasswordChosen });
    }

    // Lax: the link is opened from a mail, and the redirect still counts as that foreign site's.
    private CookieOptions CookieRules(TimeSpan? lifetime) =>
        new() { HttpOnly = true, Secure = Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true, MaxAge = lifetime };

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>The new password.</summary>
        public string? Password { get; set; }
    }
}
