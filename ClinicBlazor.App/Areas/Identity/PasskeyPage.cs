using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>What the pages about one's own passkeys have in common.</summary>
public abstract class PasskeyPage(IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The answer to a refusal; a proof that is no longer fresh is asked for first, and leads back to the list.</summary>
    protected IActionResult Answer(Error error) => error.Kind switch
    {
        ErrorKind.StepUpNeeded => RedirectToPage("Prove", new { returnUrl = Url.Page("Passkeys", new { handler = "" }) }),
        ErrorKind.NotFound => NotFound(),
        ErrorKind.Invalid => Refuse(error),
        ErrorKind.Denied => Forbid(),
        ErrorKind.Conflict => Refuse("Somebody else was quicker. Load the page again."),
    };

    /// <summary>The forms' field.</summary>
    public sealed class InputModel
    {
        /// <summary>What to call the passkey.</summary>
        public string? Name { get; set; }
    }
}
