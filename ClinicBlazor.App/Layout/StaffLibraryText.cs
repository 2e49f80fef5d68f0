namespace ClinicBlazor.App.Layout;

/// <summary>Names the resource files with MudBlazor's own words, by the library's keys; its English is built in.</summary>
public sealed class StaffLibraryText
{
}
