using MudBlazor;

namespace ClinicBlazor.App.Shared.Fields;

/// <summary>A time of day on a staff page: typed, or chosen on a dial of 24 hours.</summary>
public sealed class ClinicTimePicker : MudTimePicker
{
    /// <summary>Sets what is the same in every field; a page says only what is its own.</summary>
    public ClinicTimePicker()
    {
        (Variant, Margin, Editable) = (Variant.Outlined, Margin.Dense, true);
        (AnchorOrigin, TransformOrigin) = (Origin.BottomLeft, Origin.TopLeft);
    }
}
