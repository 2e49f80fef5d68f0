namespace ClinicBlazor.App.AccessHistory;

/// <summary>Names the resource files with the words of the history of looks at one's own data; English is the key.</summary>
public sealed class AccessHistoryText
{
}
