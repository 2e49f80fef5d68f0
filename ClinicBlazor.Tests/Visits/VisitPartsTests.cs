using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Visits;

/// <summary>Who takes part in a visit by its acts, and what becomes of that when an act is taken back or somebody goes.</summary>
[Trait("Requirement", "S2-08")]
public abstract class VisitPartsTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : VisitPartsTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : VisitPartsTests(clinic), IClassFixture<PostgresClinic>;

    private VisitService Visits => clinic.Host.Get<VisitService>();

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task CallIn_OfSomebodyCheckedInByAnother_OpensTheChartUntilTheVisitEnds()
    {
        var (desk, doctor, patientId) = (await DeskAsync(), await clinic.People.AddStaffAsync(Roles.Doctor),
            await clinic.People.AddChartAsync());
        var recordId = await clinic.People.AddRecordAsync(patientId, doctor);
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(doctor, recordId));

        Assert.True((await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn)).IsSuccess);
        Assert.Null(await ReadAsync(doctor, recordId));

        Assert.True((await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.Finish)).IsSuccess);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(doctor, recordId));
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal([AuditAct.VisitCalledIn, AuditAct.VisitFinished, AuditAct.VisitStarted],
            await db.Set<AuditEntry>().Where(entry => entry.VisitId == visitId && entry.Outcome == AuditOutcome.Done)
                .OrderBy(entry => entry.Act).Select(entry => entry.Act).ToListAsync());
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task CallIn_OfSomebodyWhomOneHasCheckedInOneself_IsRefused()
    {
        var both = await clinic.People.AddStaffAsync(Roles.Doctor | Roles.Reception);
        var patientId = await clinic.People.AddChartAsync();
        var visitId = (await Visits.StartAsync(await ActAsync(both), patientId, doctorId: null, default)).Value;

        Assert.Equal(ErrorKind.Denied, (await DoAsync(await ActAsync(both), patientId, visitId, VisitAct.CallIn)).Error?.Kind);
        Assert.Equal(ErrorKind.Denied, (await DoAsync(await ActAsync(both), patientId, visitId, VisitAct.StartTriage)).Error?.Kind);

        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.PatientId == patientId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "S0-06")]
    public async Task CallIn_OfSomebodyCheckedInByADeskThatIsNoneAnyMore_IsRefused(bool switchedOff)
    {
        var (desk, doctor) = (await clinic.People.AddStaffAsync(Roles.Reception), await clinic.People.AddStaffAsync(Roles.Doctor));
        var patientId = await clinic.People.AddChartAsync();
        var visitId = (await Visits.StartAsync(await ActAsync(desk), patientId, doctorId: null, default)).Value;
        if (switchedOff)
        {
            var administrator = await ActAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
            Assert.True((await clinic.Host.Get<AccountService>().DeactivateAsync(administrator, desk.AccountId, default)).IsSuccess);
        }
        else
        {
            await clinic.People.SetRolesAsync(desk, Roles.Nurse);
        }

        Assert.Equal(ErrorKind.Denied, (await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn)).Error?.Kind);
        await clinic.People.AssignAsync(doctor, patientId);
        Assert.True((await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task Visit_ForAnotherDoctor_IsNotTakenByWayOfTheTriage()
    {
        var (desk, patientId) = (await DeskAsync(), await clinic.People.AddChartAsync());
        var (one, other) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Doctor));
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        var visitId = (await Visits.StartAsync(desk, patientId, one.AccountId, default)).Value;

        Assert.Equal(ErrorKind.Denied, (await DoAsync(await ActAsync(other), patientId, visitId, VisitAct.StartTriage)).Error?.Kind);
        Assert.True((await DoAsync(await ActAsync(nurse), patientId, visitId, VisitAct.StartTriage)).IsSuccess);
        Assert.True((await clinic.Host.Get<VisitStaffService>().JoinAsync(desk, patientId, visitId, other.AccountId, default)).IsSuccess);
        var taken = await Visits.GiveToAsync(await ActAsync(other), patientId, visitId, other.AccountId, default);
        Assert.Equal(ErrorKind.Invalid, taken.Error?.Kind);
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task CallIn_ByADoctorWhosePartWasEnded_IsRefused()
    {
        var (desk, doctor, patientId) = (await DeskAsync(), await clinic.People.AddStaffAsync(Roles.Doctor),
            await clinic.People.AddChartAsync());
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        Assert.True((await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.StartTriage)).IsSuccess);
        Assert.True((await clinic.Host.Get<VisitStaffService>().LeaveAsync(desk, patientId, visitId, doctor.AccountId, default)).IsSuccess);

        Assert.Equal(ErrorKind.Denied, (await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn)).Error?.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "S0-06")]
    public async Task Undo_OfFinishing_WhenTheDeskOrTheRoleHasGone_BringsNoPartBack(bool deskGone)
    {
        var (desk, doctor) = (await clinic.People.AddStaffAsync(Roles.Reception), await clinic.People.AddStaffAsync(Roles.Doctor));
        var patientId = await clinic.People.AddChartAsync();
        var visitId = (await Visits.StartAsync(await ActAsync(desk), patientId, doctorId: null, default)).Value;
        await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn);
        var done = (await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.Finish)).Value;
        await clinic.People.SetRolesAsync(deskGone ? desk : doctor, Roles.Nurse);

        Assert.True((await Visits.UndoAsync(await ActAsync(doctor), patientId, visitId, done, default)).IsSuccess);

        await using var db = await clinic.Host.OpenAsync();
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.VisitId == visitId && grant.EndsAt == null));
    }

    [Fact]
    public async Task Give_OfAVisitInProgress_IsRefused()
    {
        var (desk, doctor, patientId) = (await DeskAsync(), await clinic.People.AddStaffAsync(Roles.Doctor),
            await clinic.People.AddChartAsync());
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn);

        Assert.Equal(ErrorKind.Invalid, (await Visits.GiveToAsync(desk, patientId, visitId, null, default)).Error?.Kind);
    }

    [Fact]
    public async Task Visit_ThatIsGiven_SaysSoInItsHistoryAndStandsWhereItStood()
    {
        var (desk, doctor, patientId) = (await DeskAsync(), await clinic.People.AddStaffAsync(Roles.Doctor),
            await clinic.People.AddChartAsync());
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        var before = (await clinic.Host.Get<VisitHistoryService>().GetAsync(desk, visitId, again: false, default)).Value;
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.True((await Visits.GiveToAsync(desk, patientId, visitId, doctor.AccountId, default)).IsSuccess);

        var after = (await clinic.Host.Get<VisitHistoryService>().GetAsync(desk, visitId, again: false, default)).Value;
        Assert.Equal((before.Since, VisitStatus.Arrived), (after.Since, after.Visit.Status));
        Assert.Equal([VisitAct.CheckIn, VisitAct.Give], after.History.Select(done => done.Act));
    }

    [Fact]
    public async Task CallIn_OfAVisitForAnotherDoctor_IsRefusedUntilItIsGiven()
    {
        var (desk, patientId) = (await DeskAsync(), await clinic.People.AddChartAsync());
        var (one, other) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Doctor));
        var visitId = (await Visits.StartAsync(desk, patientId, one.AccountId, default)).Value;

        Assert.Equal(ErrorKind.Denied, (await DoAsync(await ActAsync(other), patientId, visitId, VisitAct.CallIn)).Error?.Kind);
        Assert.True((await Visits.GiveToAsync(desk, patientId, visitId, other.AccountId, default)).IsSuccess);
        Assert.True((await DoAsync(await ActAsync(other), patientId, visitId, VisitAct.CallIn)).IsSuccess);
    }

    [Fact]
    public async Task Undo_OfCallingIn_TakesTheChartBackAtOnce()
    {
        var (desk, doctor, patientId) = (await DeskAsync(), await clinic.People.AddStaffAsync(Roles.Doctor),
            await clinic.People.AddChartAsync());
        var recordId = await clinic.People.AddRecordAsync(patientId, doctor);
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        var done = (await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn)).Value;

        Assert.True((await Visits.UndoAsync(await ActAsync(doctor), patientId, visitId, done, default)).IsSuccess);

        Assert.Equal(ErrorKind.NotFound, await ReadAsync(doctor, recordId));
        Assert.Equal((VisitStatus.Arrived, desk.AccountId), await StateAsync(visitId));
    }

    [Fact]
    public async Task Undo_OfFinishing_GoesOnWithThoseWhoTookPart()
    {
        var (desk, doctor, patientId) = (await DeskAsync(), await clinic.People.AddStaffAsync(Roles.Doctor),
            await clinic.People.AddChartAsync());
        var recordId = await clinic.People.AddRecordAsync(patientId, doctor);
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.CallIn);
        var done = (await DoAsync(await ActAsync(doctor), patientId, visitId, VisitAct.Finish)).Value;

        Assert.True((await Visits.UndoAsync(await ActAsync(doctor), patientId, visitId, done, default)).IsSuccess);
        Assert.Null(await ReadAsync(doctor, recordId));

        Assert.True((await DoAsync(desk, patientId, visitId, VisitAct.Finish)).IsSuccess);
        Assert.Equal(ErrorKind.NotFound, await ReadAsync(doctor, recordId));
    }

    [Fact]
    public async Task Undo_TooLateOrOfAnothersAct_IsRefused()
    {
        await using var own = await DomainHost.StartAsync(clinic.Host.Settings.Database);
        var desk = await own.People.ActorAsync(await own.People.AddStaffAsync(Roles.Reception));
        var nurse = await own.People.AddStaffAsync(Roles.Nurse);
        var patientId = await own.People.AddChartAsync();
        var visits = own.Get<VisitService>();
        var visitId = (await visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        var done = (await visits.DoAsync(await own.People.ActorAsync(nurse), patientId, visitId, VisitAct.StartTriage, null, default))
            .Value;

        Assert.Equal(ErrorKind.NotFound, (await visits.UndoAsync(desk, patientId, visitId, done, default)).Error?.Kind);
        own.Clock.Advance(VisitTransitions.UndoTime + TimeSpan.FromTicks(10));
        Assert.Equal(ErrorKind.Conflict,
            (await visits.UndoAsync(await own.People.ActorAsync(nurse), patientId, visitId, done, default)).Error?.Kind);
    }

    private Task<Result<Guid>> DoAsync(Actor actor, Guid patientId, Guid visitId, VisitAct act) =>
        Visits.DoAsync(actor, patientId, visitId, act, reason: null, default);

    private async Task<(VisitStatus Status, Guid? OpenedBy)> StateAsync(Guid visitId)
    {
        await using var db = await clinic.Host.OpenAsync();
        var visit = await db.Set<Visit>().SingleAsync(row => row.Id == visitId);
        return (visit.Status, visit.OpenedById);
    }

    private async Task<ErrorKind?> ReadAsync(TestPerson person, Guid recordId) =>
        (await clinic.Host.Get<RecordService>().GetAsync(await ActAsync(person), recordId, default)).Error?.Kind;

    private async Task<Actor> DeskAsync() => await ActAsync(await clinic.People.AddStaffAsync(Roles.Reception));

    private Task<Actor> ActAsync(TestPerson person) => clinic.People.ActorAsync(person);
}
