using MudBlazor;

namespace ClinicBlazor.App.Shared.Fields;

/// <summary>
/// The library's text box with a list, as staff pages have it. Pages take <see cref="SearchField{TItem}"/>, which also says
/// how many were found.
/// </summary>
/// <typeparam name="T">Type of what is found.</typeparam>
public sealed class ClinicAutocomplete<T> : MudAutocomplete<T>
{
    // Short enough to feel immediate, long enough that a word typed at speed is one search.
    private const int PauseMilliseconds = 150;

    /// <summary>Sets what is the same in every field; a page says only what is its own.</summary>
    public ClinicAutocomplete()
    {
        (Variant, Margin, ShrinkLabel) = (Variant.Outlined, Margin.Dense, true);
        (AnchorOrigin, TransformOrigin) = (Origin.BottomLeft, Origin.TopLeft);
        (DebounceInterval, ResetValueOnEmptyText, MaxItems) = (PauseMilliseconds, true, null);

        // Who passes through a form with Tab and sends it by Enter chooses nothing on the way.
        (OpenOnFocus, SelectOnActivation) = (false, false);
    }
}
