using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Access;

/// <summary>What an administrator does to an account bites at the next call of an open session.</summary>
[Trait("Requirement", "S4-03")]
[Trait("Requirement", "S4-01")]
public abstract class NextCallTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : NextCallTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : NextCallTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task ChangeRolesAsync_DoctorToNurse_TakesTheDiagnosisAndWhatTheDoctorWasAssigned()
    {
        var (doctor, patientId, recordId) = await AssignedDoctorAsync();
        var version = (await ReadAsync(doctor, recordId)).Value.Version;

        Assert.True((await Accounts.ChangeRolesAsync(await AdministratorAsync(), doctor.AccountId, Roles.Nurse, default)).IsSuccess);

        var saved = await clinic.Host.Get<RecordService>().SaveDiagnosisAsync(
            await clinic.People.ActorAsync(doctor), patientId, recordId,
                new DiagnosisInput("Migraine.", null, Certainty.Confirmed, version), default);
        Assert.Equal(ErrorKind.NotFound, saved.Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await ReadAsync(doctor, recordId)).Error?.Kind);
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task ChangeRolesAsync_DoctorToReception_ClosesTheChart()
    {
        var (doctor, _, recordId) = await AssignedDoctorAsync();

        Assert.True((await Accounts.ChangeRolesAsync(await AdministratorAsync(), doctor.AccountId, Roles.Reception, default)).IsSuccess);

        Assert.Equal(ErrorKind.NotFound, (await ReadAsync(doctor, recordId)).Error?.Kind);
    }

    [Fact]
    public async Task DeactivateAsync_OpenSessions_AllEnd()
    {
        var (doctor, _, _) = await AssignedDoctorAsync();
        var secondBrowser = await clinic.People.SignInAgainAsync(doctor);

        Assert.True((await Accounts.DeactivateAsync(await AdministratorAsync(), doctor.AccountId, default)).IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(doctor));
        Assert.Null(await clinic.People.FindSessionAsync(secondBrowser));
    }

    [Fact]
    public async Task ReactivateAsync_AfterDeactivation_BringsNoOldSessionBack()
    {
        var (doctor, _, _) = await AssignedDoctorAsync();
        var administrator = await AdministratorAsync();
        await Accounts.DeactivateAsync(administrator, doctor.AccountId, default);

        Assert.True((await Accounts.ReactivateAsync(administrator, doctor.AccountId, default)).IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(doctor));
        Assert.NotNull(await clinic.People.FindSessionAsync(await clinic.People.SignInAgainAsync(doctor)));
    }

    [Fact]
    public async Task FindAsync_DeactivatedAccountWithALivingSessionRow_FindsNothing()
    {
        var (doctor, _, _) = await AssignedDoctorAsync();
        var sessionId = (await clinic.People.ActorAsync(doctor)).SessionId!.Value;
        await Accounts.DeactivateAsync(await AdministratorAsync(), doctor.AccountId, default);
        var late = await clinic.People.SignInAgainAsync(doctor);

        Assert.Null(await clinic.People.FindSessionAsync(late));
        Assert.Null(await clinic.Host.Get<SessionService>().FindAsync(sessionId, TestPeople.Client, default));
    }

    [Fact]
    public async Task EndSessionsAsync_OfSomebody_EndsTheirsAndNobodyElses()
    {
        var (doctor, _, _) = await AssignedDoctorAsync();
        var (other, _, _) = await AssignedDoctorAsync();

        Assert.True((await Accounts.EndSessionsAsync(await AdministratorAsync(), doctor.AccountId, default)).IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(doctor));
        Assert.NotNull(await clinic.People.FindSessionAsync(other));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task ResetSecondFactorAsync_OfStaff_LeavesOnlyEnrolment()
    {
        var (doctor, _, _) = await AssignedDoctorAsync();

        Assert.True((await Accounts.ResetSecondFactorAsync(await AdministratorAsync(), doctor.AccountId, default)).IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(doctor));
        var next = await clinic.People.FindSessionAsync(await clinic.People.SignInAgainAsync(doctor));
        Assert.Equal((SessionStage.AwaitingEnrolment, Roles.None), (next!.Stage, next.Actor.Roles));
    }

    [Fact]
    [Trait("Requirement", "B-13")]
    public async Task Staff_WhoseRolesWaitAndWhoHaveNoSecondFactor_GetNoKeyByAPasswordOfLongAgo()
    {
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var (doctor, accounts) = (await host.People.AddStaffAsync(Roles.Doctor), host.Get<AccountService>());
        await host.People.AddStaffAsync(Roles.Nurse); // who could confirm: the roles wait
        var administrator = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        Assert.True((await accounts.ResetSecondFactorAsync(administrator, doctor.AccountId, default)).IsSuccess);
        Assert.True((await accounts.DeactivateAsync(administrator, doctor.AccountId, default)).IsSuccess);
        Assert.True((await accounts.ReactivateAsync(administrator, doctor.AccountId, default)).IsSuccess);
        var again = await host.People.SignInAgainAsync(doctor);

        var waiting = (await host.People.FindSessionAsync(again))!;
        host.Clock.Advance(TimeSpan.FromMinutes(Session.PendingMinutes) + TimeSpan.FromSeconds(1));
        var key = await host.Get<OwnAccountService>().BeginEnrolmentAsync(waiting.Actor, "Clinic", default);

        Assert.Equal((SessionStage.AwaitingEnrolment, Roles.None), (waiting.Stage, waiting.Actor.Roles));
        Assert.Equal(ErrorKind.StepUpNeeded, key.Error?.Kind);
        Assert.Null(await host.People.FindSessionAsync(again));
    }

    [Theory]
    [Trait("Requirement", "S0-03")]
    [InlineData(Roles.Doctor, 12)]
    [InlineData(Roles.Patient, 2)]
    public async Task FindAsync_AfterTheAbsoluteLife_FindsNothing(Roles roles, int hours)
    {
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var person = roles == Roles.Patient ? await host.People.AddPatientAsync() : await host.People.AddStaffAsync(roles);

        host.Clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        await host.People.StirAsync(person);
        Assert.NotNull(await host.People.FindSessionAsync(person));

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await host.People.FindSessionAsync(person));
    }

    private AccountService Accounts => clinic.Host.Get<AccountService>();

    private async Task<Actor> AdministratorAsync() =>
        await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));

    private async Task<(TestPerson Doctor, Guid PatientId, Guid RecordId)> AssignedDoctorAsync()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patientId = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(doctor, patientId);
        return (doctor, patientId, await clinic.People.AddRecordAsync(patientId, doctor));
    }

    private async Task<Result<RecordDetails>> ReadAsync(TestPerson person, Guid recordId) =>
        await clinic.Host.Get<RecordService>().GetAsync(await clinic.People.ActorAsync(person), recordId, default);
}
