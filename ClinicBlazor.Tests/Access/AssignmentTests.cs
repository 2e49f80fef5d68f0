using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>From when until when a patient is assigned, by the care team and by a visit.</summary>
[Trait("Requirement", "S1-01")]
[Trait("Requirement", "S4-01")]
public abstract class AssignmentTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : AssignmentTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AssignmentTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task CareTeam_EndedByReception_ClosesTheChartAtTheNextCall()
    {
        var (nurse, patientId, recordId) = await ChartAsync(Roles.Nurse);
        await clinic.People.AssignAsync(nurse, patientId);
        Assert.Null(await ReadAsync(nurse, recordId));

        var ended = await clinic.Host.Get<CareTeamService>().EndAsync(await ReceptionAsync(), patientId, nurse.AccountId, default);

        Assert.True(ended.IsSuccess);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(nurse, recordId));
        Assert.Equal(ErrorKind.NotFound,
            (await clinic.Host.Get<PatientService>().GetAsync(await clinic.People.ActorAsync(nurse), patientId, default)).Error?.Kind);
    }

    [Fact]
    public async Task CareTeam_AddedByReception_OpensTheChartAtTheNextCall()
    {
        var (doctor, patientId, recordId) = await ChartAsync(Roles.Doctor);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(doctor, recordId));

        var added = await clinic.Host.Get<CareTeamService>().AddAsync(await ReceptionAsync(), patientId, doctor.AccountId, default);

        Assert.True(added.IsSuccess);
        Assert.Null(await ReadAsync(doctor, recordId));
    }

    [Fact]
    public async Task CareTeam_WithAStartAndAnEnd_IsOpenFromTheFirstToTheLastMoment()
    {
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var doctor = await host.People.AddStaffAsync(Roles.Doctor);
        var patientId = await host.People.AddChartAsync();
        var recordId = await host.People.AddRecordAsync(patientId, doctor);
        var start = host.Clock.Now().AddMinutes(10);
        await host.ArrangeAsync(db =>
        {
            var grant = new AccessGrant
            {
                Id = host.Clock.NewId(), PatientId = patientId, AccountId = doctor.AccountId,
                Kind = GrantKind.CareTeam, StartsAt = start
            };
            grant.End(start.AddMinutes(20));
            db.Set<AccessGrant>().Add(grant);
        });
        var seen = new List<(int Second, bool Found)>();
        var last = 0;

        foreach (var second in (int[])[0, 599, 600, 1799, 1800])
        {
            host.Clock.Advance(TimeSpan.FromSeconds(second - last));
            last = second;
            var result = await host.Get<RecordService>().GetAsync(await host.People.ActorAsync(doctor), recordId, default);
            seen.Add((second, result.IsSuccess));
        }

        Assert.Equal([(0, false), (599, false), (600, true), (1799, true), (1800, false)], seen);
    }

    [Fact]
    public async Task Visit_JoinedAndClosed_OpensTheChartForItsTimeOnly()
    {
        var (nurse, patientId, recordId) = await ChartAsync(Roles.Nurse);
        var (visits, reception) = (clinic.Host.Get<VisitService>(), await ReceptionAsync());
        var visitId = (await visits.StartAsync(reception, patientId, doctorId: null, default)).Value;
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(nurse, recordId));

        var joined = await clinic.Host.Get<VisitStaffService>().JoinAsync(reception, patientId, visitId, nurse.AccountId, default);
        Assert.True(joined.IsSuccess);
        Assert.Null(await ReadAsync(nurse, recordId));

        Assert.True((await visits.DoAsync(reception, patientId, visitId, VisitAct.Finish, reason: null, default)).IsSuccess);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(nurse, recordId));
    }

    [Fact]
    public async Task Visit_Closed_LeavesTheCareTeamAsItWas()
    {
        var (doctor, patientId, recordId) = await ChartAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patientId);
        var visitId = await clinic.People.AddVisitAsync(patientId);
        var (visits, reception) = (clinic.Host.Get<VisitService>(), await ReceptionAsync());
        await clinic.Host.Get<VisitStaffService>().JoinAsync(reception, patientId, visitId, doctor.AccountId, default);

        Assert.True((await visits.DoAsync(reception, patientId, visitId, VisitAct.Finish, reason: null, default)).IsSuccess);

        Assert.Null(await ReadAsync(doctor, recordId));
    }

    [Theory]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.Patient)]
    public async Task AddAsync_SomebodyWhoIsNotClinical_IsRefused(Roles roles)
    {
        var somebody = roles == Roles.Patient ? await clinic.People.AddPatientAsync() : await clinic.People.AddStaffAsync(roles);
        var patientId = await clinic.People.AddChartAsync();

        var result = await clinic.Host.Get<CareTeamService>().AddAsync(await ReceptionAsync(), patientId, somebody.AccountId, default);

        Assert.Equal(ErrorKind.Invalid, result.Error?.Kind);
        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.PatientId == patientId));
    }

    [Fact]
    [Trait("Requirement", "S0-01")]
    public async Task Administrator_OfTheClinic_ReadsAChartOnlyWhileAssigned()
    {
        var (administrator, patientId, recordId) = await ChartAsync(Roles.Administrator);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(administrator, recordId));

        // The front desk cannot do it: whoever manages its accounts must not get at a chart through one of them.
        var team = clinic.Host.Get<CareTeamService>();
        Assert.Equal(ErrorKind.Invalid,
            (await team.AddAsync(await ReceptionAsync(), patientId, administrator.AccountId, default)).Error?.Kind);
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patientId);
        Assert.True((await team.AddAsync(await clinic.People.ActorAsync(doctor), patientId, administrator.AccountId, default)).IsSuccess);
        Assert.Null(await ReadAsync(administrator, recordId));

        Assert.True((await team.EndAsync(await ReceptionAsync(), patientId, administrator.AccountId, default)).IsSuccess);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(administrator, recordId));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task PatientAccount_NotLinked_ReachesNoChartUntilLinked()
    {
        var person = await clinic.People.AddUnlinkedAsync();
        var (doctor, patientId, recordId) = await ChartAsync(Roles.Doctor);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(person, recordId));
        Assert.Equal(ErrorKind.NotFound, (await DescribeAsync(Guid.Empty)).Error?.Kind);

        await clinic.People.LinkAsync(person, patientId);

        Assert.Null(await ReadAsync(person, recordId));
        Assert.True((await DescribeAsync(patientId)).IsSuccess);

        async Task<Result<Guid>> DescribeAsync(Guid id) =>
            await clinic.Host.Get<RecordService>()
                .DescribeAsync(await clinic.People.ActorAsync(person), id, new ProblemDescription("Sore throat."), default);
    }

    private async Task<(TestPerson Staff, Guid PatientId, Guid RecordId)> ChartAsync(Roles roles)
    {
        var author = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patientId = await clinic.People.AddChartAsync();
        return (await clinic.People.AddStaffAsync(roles), patientId, await clinic.People.AddRecordAsync(patientId, author));
    }

    private async Task<Actor> ReceptionAsync() => await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));

    private async Task<ErrorKind?> ReadAsync(TestPerson person, Guid recordId) =>
        (await clinic.Host.Get<RecordService>().GetAsync(await clinic.People.ActorAsync(person), recordId, default)).Error?.Kind;
}
