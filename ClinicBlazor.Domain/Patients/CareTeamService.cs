using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Who cares for a patient.</summary>
public sealed class CareTeamService(ClinicGate gate, TimeProvider time)
{
    /// <summary>Staff that can be put on this patient's care team.</summary>
    public Task<Result<IReadOnlyList<StaffMember>>> CandidatesAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<StaffMember>>(actor,
            new AccessRequest(Permission.CareTeamChange, AuditAct.PatientRead) { PatientId = patientId }, async db =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            return Result.Of(await ClinicalStaff.ListAsync(db, actor, patientId, ct));
        }, ct);

    /// <summary>The doctors whom somebody can be given to who is being registered.</summary>
    public Task<Result<IReadOnlyList<StaffMember>>> DoctorsAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<StaffMember>>(actor, new AccessRequest(Permission.PatientRegister, AuditAct.AccountsListed),
            async db => Result.Of(await ClinicalStaff.DoctorsAsync(db, actor, ct)), ct);

    /// <summary>Puts somebody else on the care team from now on.</summary>
    public Task<Result<Done>> AddAsync(Actor actor, Guid patientId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, accountId, AuditAct.CareTeamJoined, async db =>
        {
            var now = time.Now();
            if (await ClinicalStaff.FindAsync(db, actor, patientId, accountId, ct) is not { } member)
            {
                return Error.Invalid("Account", accountId == actor.AccountId ? ClinicalStaff.NotOneself : ClinicalStaff.NotClinical);
            }

            var already = await db.Set<AccessGrant>().NotEndedAt(now).AnyAsync(
                grant => grant.PatientId == patientId && grant.AccountId == accountId && grant.Kind == GrantKind.CareTeam, ct);
            if (already)
            {
                return Error.Invalid("Account", "This person is on the care team already.");
            }

            member.Assigned();
            db.Set<AccessGrant>()
                .Add(new AccessGrant
                {
                    Id = time.NewId(), PatientId = patientId, AccountId = accountId, GivenById = actor.AccountId, Kind = GrantKind.CareTeam,
                    StartsAt = now
                });
            return Done.Instance;
        }, ct);

    /// <summary>Ends somebody's part in the care team; the chart closes for them at once.</summary>
    public Task<Result<Done>> EndAsync(Actor actor, Guid patientId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, accountId, AuditAct.CareTeamLeft, async db =>
        {
            var now = time.Now();
            var grants = await db.Set<AccessGrant>().AsTracking().NotEndedAt(now)
                .Where(grant => grant.PatientId == patientId && grant.AccountId == accountId && grant.Kind == GrantKind.CareTeam)
                .ToListAsync(ct);
            if (grants.Count == 0)
            {
                return Error.NotFound;
            }

            // What this person has asked for as one of the team is judged by the account's version: it ends with their part.
            (await db.Set<Account>().AsTracking().SingleAsync(account => account.Id == accountId, ct)).Touch();
            grants.ForEach(grant => grant.End(now));
            return Done.Instance;
        }, ct);

    private Task<Result<Done>> ChangeAsync(Actor actor, Guid patientId, Guid accountId, AuditAct act,
        Func<ClinicDbContext, Task<Result<Done>>> change, CancellationToken ct) =>
        gate.RunAsync<Done>(actor, new AccessRequest(Permission.CareTeamChange, act) { PatientId = patientId, SubjectId = accountId },
            async db =>
            await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct) ? await change(db) : Error.NotFound, ct, retry: true);
}
