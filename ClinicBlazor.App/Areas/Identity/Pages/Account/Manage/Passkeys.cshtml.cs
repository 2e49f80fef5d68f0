using System.Net.Mime;
using ClinicBlazor.App.Accounts.Passkeys;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>What the page says above its list.</summary>
public enum PasskeyNote
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>There is a new one.</summary>
    Added,

    /// <summary>One is called something else now.</summary>
    Renamed,

    /// <summary>One is gone.</summary>
    Removed,
}

/// <summary>One's own passkeys, and the way to add one. For staff, against a fresh proof.</summary>
[Authorize(Policy = nameof(Permission.PasskeyKeep))]
public sealed class PasskeysModel(PasskeyService service, PasskeyCeremonies ceremonies, IStringLocalizer<IdentityText> text)
    : PasskeyPage(text)
{
    // Words that browsers call their system by, the more telling ones first, and what people call it.
    private static readonly (string Word, string Name)[] Devices =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
            ("Macintosh", "Mac"), ("Linux", "Linux")];

    /// <summary>The passkeys.</summary>
    public OwnPasskeys Own { get; private set; } = null!;

    /// <summary>What to say above the list.</summary>
    [BindProperty(SupportsGet = true)]
    public PasskeyNote Note { get; set; }

    /// <summary>The list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        Input.Name = DeviceName();
        return await LoadAsync() ?? Page();
    }

    /// <summary>What the browser needs to make a passkey.</summary>
    public async Task<IActionResult> OnGetOptionsAsync()
    {
        if (await LoadAsync() is { } refusal)
        {
            return refusal;
        }

        // Now and not after the device has made one that nobody would know.
        return Own.IsFull
            ? StatusCode(StatusCodes.Status409Conflict)
            : Content(await ceremonies.BeginRegistrationAsync(HttpContext, Actor.AccountId!.Value, Own), MediaTypeNames.Application.Json);
    }

    /// <summary>Keeps the passkey that the browser made.</summary>
    public async Task<IActionResult> OnPostAddAsync(string? answer)
    {
        Note = PasskeyNote.None;
        if (await LoadAsync() is { } refusal)
        {
            return refusal;
        }

        if (await ceremonies.CompleteRegistrationAsync(HttpContext, Actor.AccountId!.Value, answer) is not { } made)
        {
            return Refuse("This passkey was not added: what the device said does not hold, or it took too long. Try again.");
        }

        var result = await service.AddAsync(Actor, string.IsNullOrWhiteSpace(Input.Name) ? DeviceName() : Input.Name, made.Challenge,
            made.Passkey, Aborted);
        return result.Error is { } error ? Answer(error) : RedirectToPage(new { note = PasskeyNote.Added });
    }

    private string DeviceName()
    {
        var browser = Request.Headers.UserAgent.ToString();
        return Array.Find(Devices, device => browser.Contains(device.Word, StringComparison.Ordinal)).Name ?? T["My device"];
    }

    /// <summary>Reads the passkeys; what to answer instead where that is refused.</summary>
    private async Task<IActionResult?> LoadAsync()
    {
        var own = await service.ListAsync(Actor, Aborted);
        Own = own.IsSuccess ? own.Value : Own;
        return own.Error is { } error ? Answer(error) : null;
    }
}
