using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>Answers which patients are in the clinic.</summary>
internal sealed class VisitsNow : OpenVisits
{
    /// <inheritdoc/>
    internal override async Task<IReadOnlyDictionary<Guid, OpenVisit>> OfAsync(ClinicDbContext db, IReadOnlyCollection<Guid> patientIds,
        CancellationToken ct) =>
        await db.Set<Visit>()
            .Where(visit => patientIds.Contains(visit.PatientId) && visit.ClosedAt == null && visit.ArrivedAt != null)
            .ToDictionaryAsync(visit => visit.PatientId,
                visit => new OpenVisit(visit.Id, visit.ArrivedAt!.Value, visit.AttendedById ?? visit.DoctorId), ct);
}
