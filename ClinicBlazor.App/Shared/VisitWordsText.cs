namespace ClinicBlazor.App.Shared;

/// <summary>Names the resource file with the words of visits; English is the key.</summary>
public sealed class VisitWordsText
{
}
