namespace ClinicBlazor.App.Home;

/// <summary>Names the resource files with the words of the start page; English is the key.</summary>
public sealed class HomeText
{
}
