namespace ClinicBlazor.App.Layout;

/// <summary>Names the resource files with the words of the layouts; English is the key.</summary>
public sealed class LayoutText
{
}
