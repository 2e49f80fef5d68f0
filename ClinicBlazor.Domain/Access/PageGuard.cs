using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Access;

/// <summary>
/// Decides, before anything of a page is sent, whether its address names something that this person may know of. The
/// component decides again in the circuit; this only gives a direct request the same status for missing and forbidden.
/// </summary>
public sealed class PageGuard(ClinicDatabase database)
{
    /// <summary>True when there is such a patient and the actor may see it.</summary>
    public async Task<bool> PatientExistsAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        (await database.RunAsync<Done>(actor, new Operation(Permission.PatientRead, AuditAct.PageOpened) { PatientId = patientId }, async db =>
            await db.Patients.AnyAsync(patient => patient.Id == patientId, ct) ? Done.Instance : Error.NotFound, ct)).IsSuccess;

    /// <summary>True when there is such a record and the actor may read it.</summary>
    public async Task<bool> RecordExistsAsync(Actor actor, Guid recordId, CancellationToken ct) =>
        (await database.RunAsync<Done>(actor, new Operation(Permission.RecordRead, AuditAct.PageOpened) { RecordId = recordId }, async db =>
            await db.MedicalRecords.AnyAsync(record => record.Id == recordId, ct) ? Done.Instance : Error.NotFound, ct)).IsSuccess;

    /// <summary>True when the actor holds the permission that a page asks for. A refusal is audited.</summary>
    public async Task<bool> MayOpenAsync(Actor actor, Permission permission, CancellationToken ct)
    {
        var result = await database.RunAsync<Done>(actor, new Operation(permission, AuditAct.PageOpened), _ => Task.FromResult<Result<Done>>(Done.Instance), ct);
        return result.Error is null or { Kind: ErrorKind.StepUpNeeded };
    }
}
