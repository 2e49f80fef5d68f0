using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Rendering;
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

    private const int NoneOfThem = -1;

    private T[]? _drawn;

    /// <summary>Sets what is the same in every field; a page says only what is its own.</summary>
    public ClinicAutocomplete()
    {
        (Variant, Margin, ShrinkLabel) = (Variant.Outlined, Margin.Dense, true);
        (AnchorOrigin, TransformOrigin) = (Origin.BottomLeft, Origin.TopLeft);
        (DebounceInterval, ResetValueOnEmptyText, MaxItems) = (PauseMilliseconds, true, null);

        // Who passes through a form with Tab and sends it by Enter chooses nothing on the way.
        (OpenOnFocus, SelectOnActivation) = (false, false);
    }

    /// <summary>
    /// True when Enter takes the first of what is found, which is marked for that. Else none of the next list is marked, and
    /// somebody has to go to one of them first.
    /// </summary>
    public bool MarksFirst { get; set; } = true;

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder __builder)
    {
        // The library marks the first of each new list and has no setting for it; what was marked since is left as it is.
        if (!ReferenceEquals(Inside.Items(this), _drawn))
        {
            _drawn = Inside.Items(this);
            if (!MarksFirst)
            {
                Inside.Marked(this) = NoneOfThem;
            }
        }

        base.BuildRenderTree(__builder);
    }

    /// <summary>What the library keeps to itself.</summary>
    private static class Inside
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_items")]
        public static extern ref T[]? Items(MudAutocomplete<T> box);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_selectedListItemIndex")]
        public static extern ref int Marked(MudAutocomplete<T> box);
    }
}
