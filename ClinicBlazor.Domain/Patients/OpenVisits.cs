using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A visit that goes on.</summary>
/// <param name="VisitId">Id.</param>
/// <param name="ArrivedAt">When the patient arrived.</param>
/// <param name="DoctorId">The doctor who sees the patient, else the one whom the visit is for; null for any.</param>
/// <param name="IsWithDoctor">True once the doctor has called the patient in.</param>
internal sealed record OpenVisit(Guid VisitId, DateTimeOffset ArrivedAt, Guid? DoctorId, bool IsWithDoctor);

/// <summary>What a list of patients says of their visits. The visits, which know the patients and are not known here, answer it.</summary>
public abstract class OpenVisits
{
    /// <summary>The open visits of some patients, as far as the lease sees them.</summary>
    internal abstract Task<IReadOnlyDictionary<Guid, OpenVisit>> OfAsync(ClinicDbContext db, IReadOnlyCollection<Guid> patientIds,
        CancellationToken ct);
}
