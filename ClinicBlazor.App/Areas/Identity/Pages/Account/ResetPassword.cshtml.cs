using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
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

    // Lax: the link is opened from a mail, and the redirect still counts as that foreign site's.
    private static readonly ClinicCookie Link = new("clinic-link", SameSiteMode.Lax, TimeSpan.FromMinutes(MinutesToType));

    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>True when there is no link, or it was used or is too old.</summary>
    public bool LinkIsGone { get; private set; }

    /// <summary>Takes the secret out of the address, then shows the form.</summary>
    public IActionResult OnGet(string? code)
    {
        if (code is { Length: > 0 and <= 100 })
        {
            Link.Write(HttpContext, code);
            return RedirectToPage(new { code = (string?)null });
        }

        LinkIsGone = Link.Read(HttpContext) is null;
        return Page();
    }

    /// <summary>Sets the password.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var visitor = Domain.Access.Actor.Anonymous(HttpContext.ClientInfo());
        var result = await registration.ChoosePasswordAsync(visitor, Link.Read(HttpContext) ?? "", Input.Password ?? "", Aborted);
        if (result.Error is { Kind: ErrorKind.Invalid } error)
        {
            return Refuse(error);
        }

        Link.Delete(HttpContext);
        LinkIsGone = !result.IsSuccess;
        return LinkIsGone ? Page() : RedirectToPage("Login", new { note = LoginNote.PasswordChosen });
    }

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>The new password.</summary>
        public string? Password { get; set; }
    }
}
