using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>A patient's visit, from arrival to its end. Who takes part in an open visit has the patient assigned.</summary>
public sealed class VisitService(ClinicDatabase database, TimeProvider time)
{
    /// <summary>Checks a patient in. <see cref="ErrorKind.Conflict"/> when a visit is open already.</summary>
    public Task<Result<Guid>> StartAsync(Actor actor, Guid patientId, CancellationToken ct)
    {
        var operation = new Operation(Permission.VisitChange, AuditAct.VisitStarted) { PatientId = patientId };
        return database.RunAsync<Guid>(actor, operation, async db =>
        {
            if (!await db.Patients.AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            if (await db.Visits.AnyAsync(visit => visit.PatientId == patientId && visit.ClosedAt == null, ct))
            {
                return Error.Conflict;
            }

            var visit = new Visit { Id = time.NewId(), PatientId = patientId, ArrivedAt = time.Now() };
            operation.VisitId = visit.Id;
            db.Visits.Add(visit);
            return visit.Id;
        }, ct);
    }

    /// <summary>Staff that can take part in this patient's visits.</summary>
    public Task<Result<IReadOnlyList<StaffMember>>> CandidatesAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        database.RunAsync<IReadOnlyList<StaffMember>>(actor, new Operation(Permission.VisitChange, AuditAct.PatientRead) { PatientId = patientId }, async db =>
            await db.Patients.AnyAsync(patient => patient.Id == patientId, ct) ? Result.Of(await ClinicalStaff.ListAsync(db, ct)) : Error.NotFound, ct);

    /// <summary>Lets a member of the clinical staff take part in an open visit.</summary>
    public Task<Result<Done>> JoinAsync(Actor actor, Guid patientId, Guid visitId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, visitId, AuditAct.VisitJoined, accountId, async (db, visit) =>
        {
            if (!await ClinicalStaff.HoldsAsync(db, accountId, ct))
            {
                return Error.Invalid("Account", "Choose somebody of the clinical staff.");
            }

            if (await db.AccessGrants.AnyAsync(grant => grant.VisitId == visit.Id && grant.AccountId == accountId && grant.EndsAt == null, ct))
            {
                return Error.Invalid("Account", "This person takes part already.");
            }

            db.AccessGrants.Add(new AccessGrant
            {
                Id = time.NewId(),
                PatientId = visit.PatientId,
                AccountId = accountId,
                Kind = GrantKind.Visit,
                VisitId = visit.Id,
                StartsAt = time.Now(),
            });
            return Done.Instance;
        }, ct);

    /// <summary>Closes a visit; what was assigned by it ends.</summary>
    public Task<Result<Done>> FinishAsync(Actor actor, Guid patientId, Guid visitId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, visitId, AuditAct.VisitFinished, null, async (db, visit) =>
        {
            var now = time.Now();
            visit.Finish(now);
            var grants = await db.AccessGrants.AsTracking().Where(grant => grant.VisitId == visit.Id && grant.EndsAt == null).ToListAsync(ct);
            grants.ForEach(grant => grant.End(now));
            return Done.Instance;
        }, ct);

    private Task<Result<Done>> ChangeAsync(
        Actor actor, Guid patientId, Guid visitId, AuditAct act, Guid? subjectId, Func<ClinicDbContext, Visit, Task<Result<Done>>> change, CancellationToken ct)
    {
        var operation = new Operation(Permission.VisitChange, act) { PatientId = patientId, VisitId = visitId, SubjectId = subjectId };
        return database.RunAsync<Done>(actor, operation, async db =>
        {
            var visit = await db.Visits.AsTracking().SingleOrDefaultAsync(row => row.Id == visitId && row.PatientId == patientId && row.ClosedAt == null, ct);
            return visit is null ? Error.NotFound : await change(db, visit);
        }, ct);
    }
}
