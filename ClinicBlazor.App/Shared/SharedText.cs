namespace ClinicBlazor.App.Shared;

/// <summary>Names the resource files with the words of the shared components; English is the key.</summary>
public sealed class SharedText
{
}
