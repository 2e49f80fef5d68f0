namespace ClinicBlazor.Domain.Patients;

/// <summary>
/// A patient's number alone, read from the patients' table without the access filter: the audit page names patients by
/// number to administrators, who may know nothing else of them.
/// </summary>
internal sealed class PatientNumber
{
    /// <summary>Id of the patient.</summary>
    public Guid Id { get; init; }

    /// <summary>The number that people read out.</summary>
    public int Number { get; init; }
}
