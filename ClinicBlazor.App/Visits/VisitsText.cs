namespace ClinicBlazor.App.Visits;

/// <summary>Names the resource files with the words of the queue and of visits; English is the key.</summary>
public sealed class VisitsText
{
}
