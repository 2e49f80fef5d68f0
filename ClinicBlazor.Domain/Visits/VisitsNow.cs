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
        await db.Set<Visit>().Open().Where(visit => patientIds.Contains(visit.PatientId))
            .ToDictionaryAsync(visit => visit.PatientId,
                visit => new OpenVisit(visit.Id, visit.ArrivedAt!.Value, visit.AttendedById ?? visit.DoctorId,
                    visit.Status == VisitStatus.InProgress), ct);
}
