using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// What a service with a bug could try to write. Each test acts inside the lease that the policy gives to a doctor with
/// one assigned patient, or to the front desk, and looks at the database afterwards.
/// </summary>
[Trait("Requirement", "S4-01")]
public abstract class WriteGuardTests(ClinicFixture clinic) : IAsyncLifetime
{
    private TestPerson doctor = null!;
    private Guid assigned;
    private Guid foreign;
    private Guid assignedRecord;
    private Guid foreignRecord;

    public sealed class OnSqlite(SqliteClinic clinic) : WriteGuardTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : WriteGuardTests(clinic), IClassFixture<PostgresClinic>;

    public async Task InitializeAsync()
    {
        doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        (assigned, foreign) = (await clinic.People.AddChartAsync(), await clinic.People.AddChartAsync());
        await clinic.People.AssignAsync(doctor, assigned);
        assignedRecord = await clinic.People.AddRecordAsync(assigned, doctor);
        foreignRecord = await clinic.People.AddRecordAsync(foreign, doctor);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Insert_ForAnAssignedPatient_IsSaved()
    {
        var record = NewRecord(assigned);

        var result = await RunAsync(Permission.RecordWriteOnBehalf, db => db.Add(record));

        Assert.True(result.IsSuccess);
        Assert.Equal(2, await CountRecordsAsync(assigned));
    }

    [Fact]
    public async Task Insert_ForAForeignPatient_ThrowsAndSavesNothing()
    {
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.RecordWriteOnBehalf, db => db.AddRange(NewRecord(assigned), NewRecord(foreign))));

        Assert.Equal((1, 1), (await CountRecordsAsync(assigned), await CountRecordsAsync(foreign)));
    }

    [Fact]
    public async Task Insert_OfAClinicalRowInADemographicLease_Throws() =>
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.VisitChange, db => db.Add(NewRecord(assigned))));

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task Insert_OfAClinicalRowByReception_Throws()
    {
        var reception = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.VisitChange, db => db.Add(NewRecord(assigned)), reception));
    }

    [Fact]
    public async Task Insert_OfAPatientsRowInAnAccountLease_Throws() =>
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.SignIn, db => db.Add(NewVisit(assigned))));

    [Fact]
    public async Task Insert_OfAnAssignmentToOneself_Throws()
    {
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.CareTeamChange, db => db.Add(NewGrant(foreign))));

        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.AccessGrants.AnyAsync(grant => grant.PatientId == foreign));
    }

    [Fact]
    public async Task Insert_TogetherWithTheAssignmentThatWouldAllowIt_Throws() =>
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.RecordWriteOnBehalf, db => db.AddRange(NewGrant(foreign), NewRecord(foreign))));

    [Fact]
    public async Task Update_OfAForeignRowThatWasAttached_Throws()
    {
        var record = await FindAsync(foreignRecord);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.DiagnosisAssign, db =>
        {
            db.Attach(record);
            record.Finalise();
        }));

        Assert.Equal(RecordStatus.Preliminary, (await FindAsync(foreignRecord)).Status);
    }

    [Fact]
    public async Task Update_OfAForeignRowUnderAForgedOwner_ChangesNothing()
    {
        var record = await FindAsync(foreignRecord);

        var result = await RunAsync(Permission.DiagnosisAssign, db =>
        {
            var owner = db.Attach(record).Property(row => row.PatientId);
            (owner.OriginalValue, owner.CurrentValue, owner.IsModified) = (assigned, assigned, false);
            record.Finalise();
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        Assert.Equal(RecordStatus.Preliminary, (await FindAsync(foreignRecord)).Status);
    }

    [Fact]
    public async Task Update_OfAForeignVisitUnderAForgedOwner_ChangesNothing()
    {
        var visitId = await clinic.People.AddVisitAsync(foreign);
        var forged = new Visit { Id = visitId, PatientId = assigned, ArrivedAt = clinic.Host.Clock.Now() };

        var result = await RunAsync(Permission.VisitChange, db =>
        {
            db.Attach(forged);
            forged.Finish(clinic.Host.Clock.Now());
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        await using var db = await clinic.Host.OpenAsync();
        Assert.Null((await db.Visits.SingleAsync(visit => visit.Id == visitId)).ClosedAt);
    }

    [Fact]
    public async Task Update_OfAForeignAssignmentUnderAForgedOwner_ChangesNothing()
    {
        var colleague = await clinic.People.AddStaffAsync(Roles.Nurse);
        var grantId = await clinic.People.AssignAsync(colleague, foreign);
        var forged = new AccessGrant { Id = grantId, PatientId = assigned, AccountId = colleague.AccountId, Kind = GrantKind.CareTeam, StartsAt = default };

        var result = await RunAsync(Permission.CareTeamChange, db =>
        {
            db.Attach(forged);
            forged.End(clinic.Host.Clock.Now());
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        await using var db = await clinic.Host.OpenAsync();
        Assert.Null((await db.AccessGrants.SingleAsync(grant => grant.Id == grantId)).EndsAt);
    }

    [Fact]
    public async Task Move_ToAnotherPatientWithinReach_Throws()
    {
        var second = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(doctor, second);
        var visitId = await clinic.People.AddVisitAsync(assigned);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.VisitChange, db =>
            db.Entry(db.Visits.AsTracking().Single(visit => visit.Id == visitId)).Property(visit => visit.PatientId).CurrentValue = second));

        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(assigned, (await db.Visits.SingleAsync(visit => visit.Id == visitId)).PatientId);
    }

    [Fact]
    public async Task Move_WithAForgedOriginalOwner_ChangesNothing()
    {
        var visitId = await clinic.People.AddVisitAsync(foreign);
        var visit = new Visit { Id = visitId, PatientId = foreign, ArrivedAt = clinic.Host.Clock.Now() };

        var result = await RunAsync(Permission.VisitChange, db =>
        {
            var owner = db.Attach(visit).Property(row => row.PatientId);
            (owner.OriginalValue, owner.CurrentValue, owner.IsModified) = (assigned, assigned, true);
        });

        Assert.Equal(ErrorKind.Conflict, result.Error?.Kind);
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(foreign, (await db.Visits.SingleAsync(row => row.Id == visitId)).PatientId);
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task Delete_OfAnythingAboutAPatient_Throws()
    {
        await clinic.People.AddVisitAsync(assigned);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.DiagnosisAssign, db => db.Remove(db.MedicalRecords.Single(record => record.Id == assignedRecord))));
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.VisitChange, db => db.Remove(db.Visits.Single(visit => visit.PatientId == assigned))));
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.VisitChange, db => db.Remove(db.Patients.Single(patient => patient.Id == assigned))));
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.CareTeamChange, db => db.Remove(db.AccessGrants.Single(grant => grant.PatientId == assigned))));

        Assert.Equal(1, await CountRecordsAsync(assigned));
    }

    [Fact]
    public async Task Delete_OfAForeignDraft_Throws()
    {
        var author = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(author, foreign);
        await clinic.Host.Get<DraftService>().SaveAsync(await clinic.People.ActorAsync(author), foreign, DraftService.NewRecordForm, "{}", default);
        await using var db = await clinic.Host.OpenAsync();
        var draft = await db.Drafts.SingleAsync(row => row.PatientId == foreign);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.DraftKeep, lease => lease.Remove(draft)));

        Assert.True(await db.Drafts.AnyAsync(row => row.Id == draft.Id));
    }

    [Fact]
    public async Task SaveChanges_Synchronously_IsRefused()
    {
        await using var db = await clinic.Host.OpenAsync();
        db.Add(NewVisit(assigned));

#pragma warning disable MA0042, CA1849 // The blocking way is what is tested here.
        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
#pragma warning restore MA0042, CA1849
    }

    [Fact]
    public async Task RunAsync_AThrownWrite_LeavesNoEntryThatSaysDone()
    {
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.RecordWriteOnBehalf, db => db.Add(NewRecord(foreign))));

        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.AuditEntries.AnyAsync(entry => entry.AccountId == doctor.AccountId && entry.Outcome == AuditOutcome.Done));
    }

    private async Task<Result<Done>> RunAsync(Permission permission, Action<ClinicDbContext> write, Actor? actor = null) =>
        await clinic.Host.Database.RunAsync<Done>(actor ?? await clinic.People.ActorAsync(doctor), new Operation(permission, AuditAct.RecordCreated), db =>
        {
            write(db);
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, default);

    private MedicalRecord NewRecord(Guid patientId)
    {
        var id = clinic.Host.Clock.NewId();
        return new MedicalRecord
        {
            Id = id,
            PatientId = patientId,
            AuthorId = doctor.AccountId,
            OnBehalf = true,
            Symptoms = clinic.Host.Get<FieldProtector>().Seal("Dizzy.", FieldLocation.Of<MedicalRecord>(nameof(MedicalRecord.Symptoms), id)),
            CreatedAt = clinic.Host.Clock.Now(),
        };
    }

    private Visit NewVisit(Guid patientId) => new() { Id = clinic.Host.Clock.NewId(), PatientId = patientId, ArrivedAt = clinic.Host.Clock.Now() };

    private AccessGrant NewGrant(Guid patientId) => new()
    {
        Id = clinic.Host.Clock.NewId(),
        PatientId = patientId,
        AccountId = doctor.AccountId,
        Kind = GrantKind.CareTeam,
        StartsAt = clinic.Host.Clock.Now(),
    };

    private async Task<MedicalRecord> FindAsync(Guid recordId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.MedicalRecords.SingleAsync(record => record.Id == recordId);
    }

    private async Task<int> CountRecordsAsync(Guid patientId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.MedicalRecords.CountAsync(record => record.PatientId == patientId);
    }
}
