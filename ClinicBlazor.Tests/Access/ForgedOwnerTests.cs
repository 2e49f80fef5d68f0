using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>Rows that only claim to belong to somebody within reach, and rows that would move there.</summary>
[Trait("Requirement", "S4-01")]
public abstract class ForgedOwnerTests(ClinicFixture clinic) : WriteAttempts(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : ForgedOwnerTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : ForgedOwnerTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task Insert_OfADiagnosisOnAForeignRecordUnderAnAssignedPatient_IsRefusedByTheDatabase()
    {
        await Assert.ThrowsAsync<DbUpdateException>(
            () => RunAsync(Permission.DiagnosisAssign, db => db.Add(NewDiagnosis(ForeignRecord, Assigned))));

        await using var db = await Clinic.Host.OpenAsync();
        Assert.False(await db.Set<Diagnosis>().AnyAsync(diagnosis => diagnosis.RecordId == ForeignRecord));
        Assert.True((await RunAsync(Permission.DiagnosisAssign, lease => lease.Add(NewDiagnosis(AssignedRecord, Assigned)))).IsSuccess);
    }

    [Fact]
    public async Task Insert_OfAnAssignmentByTheVisitOfAnotherPatient_IsRefusedByTheDatabase()
    {
        var (visitId, nurse) = (await Clinic.People.AddVisitAsync(Foreign), await Clinic.People.AddStaffAsync(Roles.Nurse));

        await Assert.ThrowsAsync<DbUpdateException>(
            () => RunAsync(Permission.VisitChange, db => db.Add(NewGrant(Assigned, visitId, nurse.AccountId))));
    }

    [Fact]
    public async Task Update_OfAForeignRowThatWasAttached_Throws()
    {
        var record = await FindAsync(ForeignRecord);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.DiagnosisAssign, db =>
        {
            db.Attach(record);
            record.Finalise();
        }));

        Assert.Equal(RecordStatus.Preliminary, (await FindAsync(ForeignRecord)).Status);
    }

    [Fact]
    public async Task Update_OfAForeignRowUnderAForgedOwner_ChangesNothing()
    {
        var record = await FindAsync(ForeignRecord);
        var forged = new MedicalRecord
        {
            Id = record.Id,
            PatientId = Assigned,
            AuthorId = record.AuthorId,
            OnBehalf = record.OnBehalf,
            Symptoms = record.Symptoms,
            CreatedAt = record.CreatedAt,
        };

        var result = await RunAsync(Permission.DiagnosisAssign, db =>
        {
            db.Attach(forged).Property(row => row.Version).OriginalValue = record.Version;
            forged.Finalise();
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        Assert.Equal(RecordStatus.Preliminary, (await FindAsync(ForeignRecord)).Status);
    }

    [Fact]
    public async Task Update_OfAForeignVisitUnderAForgedOwner_ChangesNothing()
    {
        var visitId = await Clinic.People.AddVisitAsync(Foreign);
        var step = new VisitStep(Clinic.Host.Clock.NewId(), null, Clinic.Host.Clock.Now());
        var forged = Visit.CheckIn(visitId, Assigned, null, step).Visit;

        var result = await RunAsync(Permission.VisitChange, db =>
        {
            db.Attach(forged);
            forged.Do(VisitAct.Finish, step);
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        await using var db = await Clinic.Host.OpenAsync();
        Assert.Null((await db.Set<Visit>().SingleAsync(visit => visit.Id == visitId)).ClosedAt);
    }

    [Fact]
    public async Task Update_OfAForeignAssignmentUnderAForgedOwner_ChangesNothing()
    {
        var colleague = await Clinic.People.AddStaffAsync(Roles.Nurse);
        var grantId = await Clinic.People.AssignAsync(colleague, Foreign);
        var forged = new AccessGrant
        {
            Id = grantId, PatientId = Assigned, AccountId = colleague.AccountId, Kind = GrantKind.CareTeam,
            StartsAt = default
        };

        var result = await RunAsync(Permission.CareTeamChange, db =>
        {
            db.Attach(forged);
            forged.End(Clinic.Host.Clock.Now());
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        await using var db = await Clinic.Host.OpenAsync();
        Assert.Null((await db.Set<AccessGrant>().SingleAsync(grant => grant.Id == grantId)).EndsAt);
    }

    [Fact]
    public async Task Move_OfAnAssignmentToAnotherPatientWithinReach_Throws()
    {
        var second = await Clinic.People.AddChartAsync();
        var grantId = await Clinic.People.AssignAsync(Doctor, second);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.CareTeamChange, db =>
            db.Entry(db.Set<AccessGrant>().AsTracking().Single(grant => grant.Id == grantId)).Property(grant => grant.PatientId)
                .CurrentValue = Assigned));

        Assert.Equal(second, await OwnerOfGrantAsync(grantId));
    }

    [Fact]
    public async Task Move_OfAVisitOrARecord_Throws()
    {
        var second = await Clinic.People.AddChartAsync();
        await Clinic.People.AssignAsync(Doctor, second);
        var visitId = await Clinic.People.AddVisitAsync(Assigned);

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => RunAsync(Permission.VisitChange, db =>
            db.Entry(db.Set<Visit>().AsTracking().Single(visit => visit.Id == visitId)).Property(visit => visit.PatientId)
                .CurrentValue = second));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => RunAsync(Permission.DiagnosisAssign, db =>
            db.Entry(db.Set<MedicalRecord>().AsTracking().Single(record => record.Id == AssignedRecord))
                .Property(record => record.PatientId).CurrentValue = second));

        await using var db = await Clinic.Host.OpenAsync();
        Assert.Equal(Assigned, (await db.Set<Visit>().SingleAsync(visit => visit.Id == visitId)).PatientId);
        Assert.Equal(Assigned, (await FindAsync(AssignedRecord)).PatientId);
    }

    [Fact]
    public async Task Move_WithAForgedOriginalOwner_ChangesNothing()
    {
        var nurse = await Clinic.People.AddStaffAsync(Roles.Nurse);
        var grantId = await Clinic.People.AssignAsync(nurse, Foreign);
        await using var unrestricted = await Clinic.Host.OpenAsync();
        var stored = await unrestricted.Set<AccessGrant>().SingleAsync(grant => grant.Id == grantId);

        var result = await RunAsync(Permission.CareTeamChange, db =>
        {
            var owner = db.Attach(stored).Property(row => row.PatientId);
            (owner.OriginalValue, owner.CurrentValue, owner.IsModified) = (Assigned, Assigned, true);
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        Assert.Equal(Foreign, await OwnerOfGrantAsync(grantId));
    }
}
