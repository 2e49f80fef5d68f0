using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Writes down that a page of a chart was printed: paper leaves the clinic, and no later look tells of it. What is printed is
/// what the page shows already, so that nothing is read again.
/// </summary>
public sealed class PrintService(ClinicGate gate)
{
    /// <summary>A record was printed; <see cref="ErrorKind.NotFound"/> when it is not the actor's to see.</summary>
    public Task<Result<Done>> RecordAsync(Actor actor, Guid recordId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.RecordRead, AuditAct.RecordPrinted) { RecordId = recordId };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            trace.PatientId = await db.Set<MedicalRecord>().Where(record => record.Id == recordId)
                .Select(record => (Guid?)record.PatientId).SingleOrDefaultAsync(ct);
            return trace.PatientId is null ? Error.NotFound : Done.Instance;
        }, ct);
    }

    /// <summary>A page of a patient's chart was printed; <see cref="ErrorKind.NotFound"/> when it is not the actor's to see.</summary>
    public Task<Result<Done>> ChartAsync(Actor actor, Guid patientId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientRead, AuditAct.ChartPrinted) { PatientId = patientId };
        return gate.RunAsync<Done>(actor, request, async db =>
            await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct) ? Done.Instance : Error.NotFound, ct);
    }
}
