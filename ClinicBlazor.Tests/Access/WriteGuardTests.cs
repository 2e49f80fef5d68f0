using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>Inserts and deletions that leave the scope of their lease.</summary>
[Trait("Requirement", "S4-01")]
public abstract class WriteGuardTests(ClinicFixture clinic) : WriteAttempts(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : WriteGuardTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : WriteGuardTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task Insert_ForAnAssignedPatient_IsSaved()
    {
        var record = NewRecord(Assigned);

        var result = await RunAsync(Permission.RecordWriteOnBehalf, db => db.Add(record));

        Assert.True(result.IsSuccess);
        Assert.Equal(2, await CountRecordsAsync(Assigned));
    }

    [Fact]
    public async Task Insert_ForAForeignPatient_ThrowsAndSavesNothing()
    {
        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.RecordWriteOnBehalf, db => db.AddRange(NewRecord(Assigned), NewRecord(Foreign))));

        Assert.Equal((1, 1), (await CountRecordsAsync(Assigned), await CountRecordsAsync(Foreign)));
    }

    [Fact]
    public async Task Insert_OfAClinicalRowInADemographicLease_Throws() =>
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.VisitChange, db => db.Add(NewRecord(Assigned))));

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task Insert_OfAClinicalRowByReception_Throws()
    {
        var reception = await Clinic.People.ActorAsync(await Clinic.People.AddStaffAsync(Roles.Reception));

        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.VisitChange, db => db.Add(NewRecord(Assigned)), reception));
    }

    [Fact]
    public async Task Insert_OfAPatientsRowInAnAccountLease_Throws() =>
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.SignIn, db => db.Add(NewVisit(Assigned))));

    [Fact]
    public async Task Insert_OfAnAssignmentToOneself_Throws()
    {
        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.CareTeamChange, db => db.Add(NewGrant(Foreign))));

        await using var db = await Clinic.Host.OpenAsync();
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.PatientId == Foreign));
    }

    [Fact]
    public async Task Insert_TogetherWithTheAssignmentThatWouldAllowIt_Throws() =>
        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.RecordWriteOnBehalf, db => db.AddRange(NewGrant(Foreign), NewRecord(Foreign))));

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task Delete_OfAnythingAboutAPatient_Throws()
    {
        await Clinic.People.AddVisitAsync(Assigned);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.DiagnosisAssign,
            db => db.Remove(db.Set<MedicalRecord>().Single(record => record.Id == AssignedRecord))));
        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.VisitChange, db => db.Remove(db.Set<Visit>().Single(visit => visit.PatientId == Assigned))));
        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.VisitChange,
            db => db.Remove(db.Set<Patient>().IgnoreAutoIncludes().Single(patient => patient.Id == Assigned))));
        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.CareTeamChange, db => db.Remove(db.Set<AccessGrant>().Single(grant => grant.PatientId == Assigned))));

        Assert.Equal(1, await CountRecordsAsync(Assigned));
    }

    [Fact]
    public async Task Delete_OfAForeignDraft_Throws()
    {
        var author = await Clinic.People.AddStaffAsync(Roles.Doctor);
        await Clinic.People.AssignAsync(author, Foreign);
        await Clinic.Host.Get<DraftService>()
            .SaveAsync(await Clinic.People.ActorAsync(author), Foreign, DraftService.NewRecordForm, "{}", default);
        await using var db = await Clinic.Host.OpenAsync();
        var draft = await db.Set<Draft>().SingleAsync(row => row.PatientId == Foreign);

        await Assert.ThrowsAsync<OutOfScopeWriteException>(() => RunAsync(Permission.DraftKeep, lease => lease.Remove(draft)));

        Assert.True(await db.Set<Draft>().AnyAsync(row => row.Id == draft.Id));
    }

    [Fact]
    public async Task SaveChanges_Synchronously_IsRefused()
    {
        await using var db = await Clinic.Host.OpenAsync();
        db.Add(NewVisit(Assigned));

#pragma warning disable MA0042, CA1849 // The blocking way is what is tested here.
        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
#pragma warning restore MA0042, CA1849
    }

    [Fact]
    public async Task RunAsync_AThrownWrite_LeavesNoEntryThatSaysDone()
    {
        await Assert.ThrowsAsync<OutOfScopeWriteException>(
            () => RunAsync(Permission.RecordWriteOnBehalf, db => db.Add(NewRecord(Foreign))));

        await using var db = await Clinic.Host.OpenAsync();
        Assert.False(
            await db.Set<AuditEntry>().AnyAsync(entry => entry.AccountId == Doctor.AccountId && entry.Outcome == AuditOutcome.Done));
    }
}
