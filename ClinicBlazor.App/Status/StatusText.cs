namespace ClinicBlazor.App.Status;

/// <summary>Names the resource files with the words of the pages behind status codes; English is the key.</summary>
public sealed class StatusText
{
}
