using MudBlazor;

namespace ClinicBlazor.App.Shared.Fields;

/// <summary>A choice of one among few on a staff page; the list opens below the field and is as wide.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class ClinicSelect<T> : MudSelect<T>
{
    /// <summary>Sets what is the same in every field; a page says only what is its own.</summary>
    public ClinicSelect()
    {
        (Variant, Margin, ShrinkLabel) = (Variant.Outlined, Margin.Dense, true);
        (AnchorOrigin, TransformOrigin) = (Origin.BottomLeft, Origin.TopLeft);
    }
}
