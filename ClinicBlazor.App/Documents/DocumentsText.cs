namespace ClinicBlazor.App.Documents;

/// <summary>Names the resource files with the words of documents; English is the key.</summary>
public sealed class DocumentsText
{
}
