using Microsoft.Extensions.Localization;
using MudBlazor;

namespace ClinicBlazor.App.Layout;

/// <summary>The words that MudBlazor's parts bring with them, in the page's language. What they name follows the words.</summary>
internal sealed class StaffLocalizer(IStringLocalizer<StaffLibraryText> text) : MudLocalizer
{
    /// <inheritdoc />
    public override LocalizedString this[string key] => text[key];

    /// <inheritdoc />
    public override LocalizedString this[string key, params object[] arguments] =>
        text[key] is { ResourceNotFound: false } words ? new(key, string.Join(' ', [words.Value, .. arguments])) : base[key, arguments];
}
