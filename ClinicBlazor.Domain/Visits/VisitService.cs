using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>A patient's visit, from arrival to its end. Who takes part in an open visit has the patient assigned.</summary>
public sealed class VisitService(ClinicGate gate, TimeProvider time)
{
    /// <summary>Checks a patient in. <see cref="ErrorKind.Conflict"/> when a visit is open already.</summary>
    public Task<Result<Guid>> StartAsync(Actor actor, Guid patientId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.VisitChange, AuditAct.VisitStarted) { PatientId = patientId };
        return gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            if (await db.Set<Visit>().AnyAsync(visit => visit.PatientId == patientId && visit.ClosedAt == null, ct))
            {
                return Error.Conflict;
            }

            var visit = new Visit { Id = time.NewId(), PatientId = patientId, ArrivedAt = time.Now() };
            trace.VisitId = visit.Id;
            db.Set<Visit>().Add(visit);
            return visit.Id;
        }, ct);
    }

    /// <summary>Staff that can take part in this patient's visits.</summary>
    public Task<Result<IReadOnlyList<StaffMember>>> CandidatesAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<StaffMember>>(actor,
            new AccessRequest(Permission.VisitStaffChange, AuditAct.PatientRead) { PatientId = patientId }, async db =>
            await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct)
                ? Result.Of(await ClinicalStaff.ListAsync(db, actor, patientId, ct)) : Error.NotFound, ct);

    /// <summary>Lets a member of the clinical staff take part in an open visit; nobody adds themselves.</summary>
    public Task<Result<Done>> JoinAsync(Actor actor, Guid patientId, Guid visitId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, Permission.VisitStaffChange, patientId, visitId, AuditAct.VisitJoined, accountId, async (db, visit) =>
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
            visit.StaffChanged();
            db.Set<AccessGrant>().Add(new AccessGrant
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

    /// <summary>Ends one person's part in an open visit; the chart closes for them, unless they are on the care team.</summary>
    public Task<Result<Done>> LeaveAsync(Actor actor, Guid patientId, Guid visitId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, Permission.VisitStaffChange, patientId, visitId, AuditAct.VisitLeft, accountId, async (db, visit) =>
        {
            var part = await db.Set<AccessGrant>().AsTracking()
                .SingleOrDefaultAsync(grant => grant.VisitId == visit.Id && grant.AccountId == accountId && grant.EndsAt == null, ct);
            part?.End(time.Now());
            return part is null ? Error.NotFound : Done.Instance;
        }, ct);

    /// <summary>Closes a visit; what was assigned by it ends.</summary>
    public Task<Result<Done>> FinishAsync(Actor actor, Guid patientId, Guid visitId, CancellationToken ct) =>
        ChangeAsync(actor, Permission.VisitChange, patientId, visitId, AuditAct.VisitFinished, null, async (db, visit) =>
        {
            var now = time.Now();
            visit.Finish(now);
            var grants = await db.Set<AccessGrant>().AsTracking().Where(grant => grant.VisitId == visit.Id && grant.EndsAt == null)
                .ToListAsync(ct);
            grants.ForEach(grant => grant.End(now));
            return Done.Instance;
        }, ct);

    private Task<Result<Done>> ChangeAsync(
        Actor actor, Permission permission, Guid patientId, Guid visitId, AuditAct act, Guid? subjectId,
            Func<ClinicDbContext, Visit, Task<Result<Done>>> change, CancellationToken ct)
    {
        var request = new AccessRequest(permission, act) { PatientId = patientId, VisitId = visitId, SubjectId = subjectId };
        return gate.RunAsync<Done>(actor, request, async db =>
        {
            var visit = await db.Set<Visit>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == visitId && row.PatientId == patientId && row.ClosedAt == null, ct);
            return visit is null ? Error.NotFound : await change(db, visit);
        }, ct, retry: true);
    }
}
