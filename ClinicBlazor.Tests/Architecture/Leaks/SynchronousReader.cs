using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.Tests.Architecture.Leaks;

/// <summary>Reaches the gate through a service, and reads without an actor that a test of tasks would see.</summary>
public sealed class SynchronousReader(PatientService patients)
{
    /// <summary>Reads.</summary>
    public Type Read() => patients.GetType();
}
