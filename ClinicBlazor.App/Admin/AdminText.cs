namespace ClinicBlazor.App.Admin;

/// <summary>Names the resource files with the words of the administration pages; English is the key.</summary>
public sealed class AdminText
{
}
