namespace ClinicBlazor.App.Records;

/// <summary>Names the resource files with the words of the record pages; English is the key.</summary>
public sealed class RecordsText
{
}
