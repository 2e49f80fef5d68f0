using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.App.Patients;

/// <summary>An open chart, as <see cref="PatientFrame"/> cascades it to the parts of its page.</summary>
/// <param name="Patient">Whose it is.</param>
/// <param name="Roles">What the person at the page was when the chart was loaded; it decides what is offered, never
/// what may be done.</param>
/// <param name="ReloadAsync">Loads the chart again after an act; a right that was lost meanwhile empties the page.</param>
public sealed record PatientChart(PatientDetails Patient, Roles Roles, Func<Task> ReloadAsync)
{
    /// <summary>True when the act is worth offering.</summary>
    public bool May(Permission permission) => AccessPolicy.Allows(Roles, permission);
}
