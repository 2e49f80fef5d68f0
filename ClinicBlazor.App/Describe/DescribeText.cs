namespace ClinicBlazor.App.Describe;

/// <summary>Names the resource files with the words of the questions that a patient answers; English is the key.</summary>
public sealed class DescribeText
{
}
