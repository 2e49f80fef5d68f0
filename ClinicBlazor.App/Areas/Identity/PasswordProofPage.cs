using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>A change of the second factor that is carried out against the password, given on the same page.</summary>
public abstract class PasswordProofPage(OwnAccountService own, IStringLocalizer<IdentityText> text) : IdentityPage(text)
{
    /// <summary>What was typed.</summary>
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>One's own account.</summary>
    protected OwnAccountService Own { get; } = own;

    /// <summary>The form; where there is nothing to change, back to the overview.</summary>
    public async Task<IActionResult> OnGetAsync() =>
        await Own.GetAsync(Actor, Aborted) is { IsSuccess: true, Value: var account } && Applies(account) ? Page()
            : RedirectToPage("TwoFactorAuthentication");

    /// <summary>Carries the change out.</summary>
    public async Task<IActionResult> OnPostAsync() =>
        Require(nameof(Input.Password), Input.Password, "Type your password.") ? await ActAsync(Input.Password!) : Page();

    /// <summary>True when the change makes sense for the account as it is.</summary>
    protected abstract bool Applies(OwnAccount account);

    /// <summary>The change.</summary>
    protected abstract Task<IActionResult> ActAsync(string password);

    /// <summary>Shows the form again with what was wrong with the password.</summary>
    protected IActionResult RefusePassword(Error error) => Refuse(error, _ => nameof(Input.Password));

    /// <summary>The form's fields.</summary>
    public sealed class InputModel
    {
        /// <summary>The present password.</summary>
        public string? Password { get; set; }
    }
}
