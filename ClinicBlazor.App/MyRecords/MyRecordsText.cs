namespace ClinicBlazor.App.MyRecords;

/// <summary>Names the resource files with the words of a patient's list of records; English is the key.</summary>
public sealed class MyRecordsText
{
}
