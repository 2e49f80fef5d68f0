using MudBlazor;

namespace ClinicBlazor.App.Shared.Fields;

/// <summary>A line or a box of text on a staff page: outlined, dense, its label above it.</summary>
/// <typeparam name="T">Type of the value, mostly <see cref="string"/>.</typeparam>
public sealed class ClinicTextField<T> : MudTextField<T>
{
    /// <summary>Sets what is the same in every field; a page says only what is its own.</summary>
    public ClinicTextField() => (Variant, Margin, ShrinkLabel) = (Variant.Outlined, Margin.Dense, true);
}
