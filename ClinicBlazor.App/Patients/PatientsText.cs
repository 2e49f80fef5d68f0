namespace ClinicBlazor.App.Patients;

/// <summary>Names the resource files with the words of the patient pages; English is the key.</summary>
public sealed class PatientsText
{
}
