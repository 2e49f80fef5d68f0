using MudBlazor;

namespace ClinicBlazor.App.Shared.Fields;

/// <summary>
/// A text box that searches a list while one types, on a staff page. What is typed is kept as typed until something is taken.
/// </summary>
/// <typeparam name="T">Type of what is found.</typeparam>
public sealed class ClinicAutocomplete<T> : MudAutocomplete<T>
{
    // Short enough to feel immediate, long enough that a word typed at speed is one search.
    private const int PauseMilliseconds = 200;

    /// <summary>Sets what is the same in every field; a page says only what is its own.</summary>
    public ClinicAutocomplete()
    {
        (Variant, Margin, ShrinkLabel) = (Variant.Outlined, Margin.Dense, true);
        (AnchorOrigin, TransformOrigin) = (Origin.BottomLeft, Origin.TopLeft);
        (DebounceInterval, CoerceText, MinCharacters) = (PauseMilliseconds, false, 2);
    }
}
