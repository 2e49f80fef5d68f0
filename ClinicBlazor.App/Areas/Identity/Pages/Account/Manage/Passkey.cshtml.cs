using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Renames or removes one of one's own passkeys. For staff, against a fresh proof.</summary>
[Authorize(Policy = nameof(Permission.PasskeyKeep))]
public sealed class PasskeyModel(PasskeyService service, IStringLocalizer<IdentityText> text) : PasskeyPage(text)
{
    /// <summary>Which passkey.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The passkey as it is.</summary>
    public OwnPasskey Present { get; private set; } = null!;

    /// <summary>The forms.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>Gives it another name.</summary>
    public async Task<IActionResult> OnPostRenameAsync() =>
        await AfterAsync(await service.RenameAsync(Actor, Id, Input.Name ?? "", Aborted), PasskeyNote.Renamed);

    /// <summary>Removes it.</summary>
    public async Task<IActionResult> OnPostRemoveAsync() =>
        await AfterAsync(await service.RemoveAsync(Actor, Id, Aborted), PasskeyNote.Removed);

    private async Task<IActionResult> AfterAsync(Result<Done> result, PasskeyNote note) => result.Error is { } error
        ? await LoadAsync() ?? Answer(error)
        : RedirectToPage("Passkeys", new { id = "", note });

    /// <summary>Reads the passkey; what to answer instead where there is none.</summary>
    private async Task<IActionResult?> LoadAsync()
    {
        var own = await service.ListAsync(Actor, Aborted);
        if (own.Error is { } error)
        {
            return Answer(error);
        }

        var found = own.Value.Passkeys.SingleOrDefault(passkey => passkey.Id == Id);
        Present = found ?? Present;
        return found is null ? NotFound() : null;
    }
}
