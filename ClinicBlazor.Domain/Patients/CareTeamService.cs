using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Who cares for a patient, and which account is the patient's own.</summary>
public sealed class CareTeamService(ClinicDatabase database, TimeProvider time)
{
    /// <summary>Staff that can be put on this patient's care team.</summary>
    public Task<Result<IReadOnlyList<StaffMember>>> CandidatesAsync(Actor actor, Guid patientId, CancellationToken ct) =>
        database.RunAsync<IReadOnlyList<StaffMember>>(actor, new Operation(Permission.CareTeamChange, AuditAct.PatientRead) { PatientId = patientId }, async db =>
        {
            if (!await db.Patients.AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            return Result.Of(await ClinicalStaff.ListAsync(db, ct));
        }, ct);

    /// <summary>Puts somebody on the care team from now on.</summary>
    public Task<Result<Done>> AddAsync(Actor actor, Guid patientId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, accountId, AuditAct.CareTeamJoined, async db =>
        {
            var now = time.Now();
            if (!await ClinicalStaff.HoldsAsync(db, accountId, ct))
            {
                return Error.Invalid("Account", "Choose somebody of the clinical staff.");
            }

            var already = await db.AccessGrants.AnyAsync(
                grant => grant.PatientId == patientId && grant.AccountId == accountId && grant.Kind == GrantKind.CareTeam && (grant.EndsAt == null || grant.EndsAt > now), ct);
            if (already)
            {
                return Error.Invalid("Account", "This person is on the care team already.");
            }

            db.AccessGrants.Add(new AccessGrant { Id = time.NewId(), PatientId = patientId, AccountId = accountId, Kind = GrantKind.CareTeam, StartsAt = now });
            return Done.Instance;
        }, ct);

    /// <summary>Ends somebody's part in the care team; the chart closes for them at once.</summary>
    public Task<Result<Done>> EndAsync(Actor actor, Guid patientId, Guid accountId, CancellationToken ct) =>
        ChangeAsync(actor, patientId, accountId, AuditAct.CareTeamLeft, async db =>
        {
            var now = time.Now();
            var grants = await db.AccessGrants.AsTracking()
                .Where(grant => grant.PatientId == patientId && grant.AccountId == accountId && grant.Kind == GrantKind.CareTeam && (grant.EndsAt == null || grant.EndsAt > now))
                .ToListAsync(ct);
            grants.ForEach(grant => grant.End(now));
            return grants.Count == 0 ? Error.NotFound : Done.Instance;
        }, ct);

    /// <summary>
    /// Links a self-registered account to the patient whose identity document the actor has seen. One account, one
    /// patient.
    /// </summary>
    public Task<Result<Done>> LinkAccountAsync(Actor actor, Guid patientId, string email, CancellationToken ct)
    {
        var operation = new Operation(Permission.PatientAccountLink, AuditAct.AccountLinked) { PatientId = patientId, Typed = [Typed.Plain("Email", email)] };
        return database.RunAsync<Done>(actor, operation, async db =>
        {
            if (!await db.Patients.AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var normalized = Account.Normalize(email);
            var account = await db.Accounts.AsTracking().SingleOrDefaultAsync(
                row => row.NormalizedEmail == normalized && row.Status == AccountStatus.Active && row.Roles == Roles.Patient && row.PatientId == null, ct);
            if (account is null)
            {
                return Error.Invalid("Email", "There is no patient's account with this address that waits to be linked.");
            }

            if (await db.Accounts.AnyAsync(row => row.PatientId == patientId, ct))
            {
                return Error.Invalid("Email", "This patient has a linked account already.");
            }

            operation.SubjectId = account.Id;
            account.LinkTo(patientId);
            return Done.Instance;
        }, ct);
    }

    private Task<Result<Done>> ChangeAsync(Actor actor, Guid patientId, Guid accountId, AuditAct act, Func<ClinicDbContext, Task<Result<Done>>> change, CancellationToken ct) =>
        database.RunAsync<Done>(actor, new Operation(Permission.CareTeamChange, act) { PatientId = patientId, SubjectId = accountId }, async db =>
            await db.Patients.AnyAsync(patient => patient.Id == patientId, ct) ? await change(db) : Error.NotFound, ct);
}
