using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>
/// A query that forgets its condition finds nothing that is not its reader's: drafts by author, entries of the audit by
/// whom they are about, what somebody signs in with by its owner.
/// </summary>
[Trait("Requirement", "S4-01")]
public abstract class UnfilteredQueryTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : UnfilteredQueryTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : UnfilteredQueryTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Drafts_OfAColleagueWithTheSamePatient_AreOutOfReach()
    {
        var (author, colleague, patientId) = await TwoOfATeamAsync();
        await clinic.Host.Get<DraftService>()
            .SaveAsync(await clinic.People.ActorAsync(author), patientId, "form", "Half a thought.", default);

        Assert.Equal(1, await ReadAsync(author, Permission.DraftKeep, db => db.Set<Draft>().CountAsync()));
        Assert.Equal(0, await ReadAsync(colleague, Permission.DraftKeep, db => db.Set<Draft>().CountAsync()));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Audit_ForWhoeverMayNotReadIt_HoldsOwnActsAndThoseOnPatientsInReach()
    {
        var (doctor, colleague, patientId) = await TwoOfATeamAsync();
        var foreign = await clinic.People.AddChartAsync();
        await clinic.Host.Get<RecordService>().ListAsync(await clinic.People.ActorAsync(colleague), patientId, null, default);
        await clinic.Host.Get<RecordService>().ListAsync(await clinic.People.ActorAsync(colleague), foreign, null, default);
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        var seen = await ReadAsync(doctor, Permission.RecordRead,
            db => db.Set<AuditEntry>().Select(entry => new { entry.AccountId, entry.PatientId }).ToListAsync());

        Assert.Contains(seen, entry => entry.AccountId == colleague.AccountId && entry.PatientId == patientId);
        Assert.DoesNotContain(seen, entry => entry.AccountId != doctor.AccountId && entry.PatientId != patientId);
        Assert.True(
            await ReadAsync(administrator, Permission.AuditRead, db => db.Set<AuditEntry>().AnyAsync(entry => entry.PatientId == foreign)));
        Assert.False(await ReadAsync(administrator, Permission.AccountList,
            db => db.Set<AuditEntry>().AnyAsync(entry => entry.PatientId == foreign)));
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task Lists_InWhichSomebodyStood_AreForThatPatientAndTheAuditAlone()
    {
        var (doctor, _, patientId) = await TwoOfATeamAsync();
        var (patient, other) = (await clinic.People.AddPatientAsync(), await clinic.People.AddPatientAsync());
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.Host.Get<PatientService>().ListAsync(await clinic.People.ActorAsync(doctor), new PatientQuery(), default);
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        Assert.Equal([patient.PatientId.Value], await ListedAsync(patient, Permission.AccessHistoryRead));
        Assert.Empty(await ListedAsync(other, Permission.AccessHistoryRead));
        Assert.Empty(await ListedAsync(doctor, Permission.RecordRead));
        Assert.Empty(await ListedAsync(administrator, Permission.AccountList));
        Assert.Superset(new HashSet<Guid> { patientId, patient.PatientId.Value },
            (await ListedAsync(administrator, Permission.AuditRead)).ToHashSet());

        async Task<List<Guid>> ListedAsync(TestPerson person, Permission permission) =>
            await ReadAsync(person, permission, db => db.Set<AuditListed>().Select(row => row.PatientId).Distinct().ToListAsync());
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task Credentials_OfOthers_AreForSigningInAndTheActsOnAccountsAlone()
    {
        var (doctor, colleague, _) = await TwoOfATeamAsync();
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);

        Assert.Equal([doctor.AccountId], await OwnersAsync(doctor, Permission.OwnAccount));
        Assert.Equal([doctor.AccountId], await OwnersAsync(doctor, Permission.PatientRead));
        Assert.Equal([administrator.AccountId], await OwnersAsync(administrator, Permission.AuditRead));
        Assert.Superset(new HashSet<Guid> { doctor.AccountId, colleague.AccountId },
            (await OwnersAsync(administrator, Permission.AccountManage)).ToHashSet());

        async Task<List<Guid>> OwnersAsync(TestPerson person, Permission permission) =>
            await ReadAsync(person, permission, db => db.Set<Session>().Select(row => row.AccountId).Distinct().ToListAsync());
    }

    private async Task<(TestPerson One, TestPerson Other, Guid PatientId)> TwoOfATeamAsync()
    {
        var (one, other, patientId) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Doctor),
            await clinic.People.AddChartAsync());
        await clinic.People.AssignAsync(one, patientId);
        await clinic.People.AssignAsync(other, patientId);
        return (one, other, patientId);
    }

    private async Task<T> ReadAsync<T>(TestPerson person, Permission permission, Func<ClinicDbContext, Task<T>> read) =>
        (await clinic.Host.Gate.RunAsync<T>(await clinic.People.ActorAsync(person), new AccessRequest(permission, AuditAct.PageOpened),
            async db => await read(db), default)).Value;
}
