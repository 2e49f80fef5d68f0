using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>Who takes part in an open visit beside those who call the patient in: it opens the chart to them until the visit ends.</summary>
public sealed class VisitStaffService(ClinicGate gate, VisitParts parts, TimeProvider time)
{
    /// <summary>Staff that can take part in this patient's visits.</summary>
    public Task<Result<IReadOnlyList<StaffMember>>> CandidatesAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<StaffMember>>(actor,
            new AccessRequest(Permission.VisitStaffChange, AuditAct.PatientRead) { PatientId = patientId }, async db =>
            await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct)
                ? Result.Of(await ClinicalStaff.ListAsync(db, actor, patientId, ct)) : Error.NotFound, ct);

    /// <summary>The doctors whom a visit can be for.</summary>
    public Task<Result<IReadOnlyList<StaffMember>>> DoctorsAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<StaffMember>>(actor, new AccessRequest(Permission.VisitChange, AuditAct.AccountsListed),
            async db => Result.Of(await VisitParts.DoctorsAsync(db, ct)), ct);

    /// <summary>Lets a member of the clinical staff take part in an open visit; nobody adds themselves.</summary>
    public Task<Result<Done>> JoinAsync(Actor actor, Guid patientId, Guid visitId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, visitId, AuditAct.VisitJoined, accountId, async (db, visit) =>
        {
            if (await ClinicalStaff.FindAsync(db, actor, patientId, accountId, ct) is not { } member)
            {
                return Error.Invalid("Account", accountId == actor.AccountId ? ClinicalStaff.NotOneself : ClinicalStaff.NotClinical);
            }

            if (await db.Set<AccessGrant>()
                .AnyAsync(grant => grant.VisitId == visit.Id && grant.AccountId == accountId && grant.EndsAt == null, ct))
            {
                return Error.Invalid("Account", "This person takes part already.");
            }

            member.Assigned();
            visit.Judged();
            db.Set<AccessGrant>().Add(parts.NewPart(visit, accountId, actor.AccountId!.Value, time.Now()));
            return Done.Instance;
        }, ct);

    /// <summary>Ends one person's part in an open visit; the chart closes for them, unless they are on the care team.</summary>
    public Task<Result<Done>> LeaveAsync(Actor actor, Guid patientId, Guid visitId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, visitId, AuditAct.VisitLeft, accountId, async (db, visit) =>
        {
            var part = await db.Set<AccessGrant>().AsTracking()
                .SingleOrDefaultAsync(grant => grant.VisitId == visit.Id && grant.AccountId == accountId && grant.EndsAt == null, ct);
            part?.End(time.Now());
            return part is null ? Error.NotFound : Done.Instance;
        }, ct);

    private Task<Result<Done>> ChangeAsync(
        Actor actor, Guid patientId, Guid visitId, AuditAct act, Guid subjectId, Func<ClinicDbContext, Visit, Task<Result<Done>>> change,
            CancellationToken ct)
    {
        var request = new AccessRequest(Permission.VisitStaffChange, act)
        {
            PatientId = patientId, VisitId = visitId, SubjectId = subjectId,
        };
        return gate.RunAsync<Done>(actor, request, async db =>
        {
            var visit = await db.Set<Visit>().AsTracking().Open()
                .SingleOrDefaultAsync(row => row.Id == visitId && row.PatientId == patientId, ct);
            return visit is null ? Error.NotFound : await change(db, visit);
        }, ct, retry: true);
    }
}
