using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Visits;

/// <summary>A visit from the day it is agreed upon to its end, and who may do what in it.</summary>
[Trait("Requirement", "S2-08")]
public abstract class VisitServiceTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : VisitServiceTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : VisitServiceTests(clinic), IClassFixture<PostgresClinic>;

    private VisitService Visits => clinic.Host.Get<VisitService>();

    [Fact]
    public async Task Start_OfSomebodyWhoIsExpectedToday_TakesThatVisit()
    {
        var (desk, patientId) = (await DeskAsync(), await clinic.People.AddChartAsync());
        var today = clinic.Host.Clock.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var planned = (await Visits.PlanAsync(desk, patientId, new NewVisit(today, "23:30"), default)).Value;

        var started = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;

        Assert.Equal(planned, started);
        Assert.Equal((VisitStatus.Arrived, desk.AccountId), await StateAsync(planned));
    }

    [Fact]
    public async Task Plan_BesideAnOpenVisit_IsTakenAndCheckedInOnlyWhenThatIsOver()
    {
        var (desk, patientId) = (await DeskAsync(), await clinic.People.AddChartAsync());
        var open = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        var tomorrow = clinic.Host.Clock.GetLocalNow().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var planned = (await Visits.PlanAsync(desk, patientId, new NewVisit(tomorrow, "9:15 am"), default)).Value;

        Assert.Equal(ErrorKind.Conflict, (await DoAsync(desk, patientId, planned, VisitAct.CheckIn)).Error?.Kind);
        Assert.True((await DoAsync(desk, patientId, open, VisitAct.Finish)).IsSuccess);
        Assert.True((await DoAsync(desk, patientId, planned, VisitAct.CheckIn)).IsSuccess);
    }

    [Theory]
    [InlineData("", "14:30", "Date")]
    [InlineData("2001-01-01", "14:30", "Date")]
    [InlineData("2999-01-01", "14:30", "Date")]
    [InlineData("9999-12-31", "23:59", "Date")]
    [InlineData("0001-01-01", "00:00", "Date")]
    [InlineData("03/04/2027", "14:30", "Date")]
    [InlineData("2026-12-24", "25:00", "Time")]
    public async Task Plan_WithoutADayOrATime_SaysSoBesideTheField(string date, string time, string field)
    {
        var (desk, patientId) = (await DeskAsync(), await clinic.People.AddChartAsync());

        var result = await Visits.PlanAsync(desk, patientId, new NewVisit(date, time), default);

        Assert.Contains(field, result.Error!.Fields.Select(found => found.Field));
    }

    [Fact]
    public async Task Sweep_OfVisitsOfEarlierDays_ClosesThemWithEveryPartInThem()
    {
        await using var own = await DomainHost.StartAsync(clinic.Host.Settings.Database);
        var desk = await own.People.ActorAsync(await own.People.AddStaffAsync(Roles.Reception));
        var doctor = await own.People.AddStaffAsync(Roles.Doctor);
        var (here, expected) = (await own.People.AddChartAsync(), await own.People.AddChartAsync());
        var visits = own.Get<VisitService>();
        var visitId = (await visits.StartAsync(desk, here, doctorId: null, default)).Value;
        await visits.DoAsync(await own.People.ActorAsync(doctor), here, visitId, VisitAct.CallIn, reason: null, default);
        var today = own.Clock.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await visits.PlanAsync(desk, expected, new NewVisit(today, "23:30"), default);

        Assert.Equal(0, await own.Get<VisitSweeper>().SweepAsync(default));
        own.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(0, await own.Get<VisitSweeper>().SweepAsync(default));
        own.Clock.Advance(TimeSpan.FromHours(30));
        Assert.Equal(2, await own.Get<VisitSweeper>().SweepAsync(default));

        await using var db = await own.OpenAsync();
        Assert.Equal([VisitStatus.Finished, VisitStatus.NoShow],
            (await db.Set<Visit>().ToListAsync()).Select(visit => visit.Status).Order());
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.EndsAt == null));
    }

    [Fact]
    public async Task Cancel_WithoutAReason_AsksForOneAndKeepsItSealed()
    {
        var (desk, patientId) = (await DeskAsync(), await clinic.People.AddChartAsync());
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;

        var without = await Visits.DoAsync(desk, patientId, visitId, VisitAct.Cancel, " ", default);
        Assert.Equal("Reason", Assert.Single(without.Error!.Fields).Field);
        Assert.True((await Visits.DoAsync(desk, patientId, visitId, VisitAct.Cancel, "Left for an otter.", default)).IsSuccess);

        var details = (await clinic.Host.Get<VisitHistoryService>().GetAsync(desk, visitId, again: false, default)).Value;
        Assert.Equal("Left for an otter.", details.History[^1].Reason);
        Assert.Equal(desk.DisplayName, details.History[^1].By);
        await using var db = await clinic.Host.OpenAsync();
        Assert.DoesNotContain("otter", $"{(await db.Set<VisitEvent>().SingleAsync(row => row.VisitId == visitId && row.Reason != null)).Reason}");
    }

    [Fact]
    public async Task Record_WrittenInAVisit_SaysWhichAndOneWrittenOutsideSaysSo()
    {
        var (doctor, patientId) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddChartAsync());
        await clinic.People.AssignAsync(doctor, patientId);
        var records = clinic.Host.Get<RecordService>();
        var outside = (await records.WriteOnBehalfAsync(await ActAsync(doctor), patientId, new("A cough."), default)).Value;
        var visitId = await clinic.People.AddVisitAsync(patientId);
        var inside = (await records.WriteOnBehalfAsync(await ActAsync(doctor), patientId, new("A rash."), default)).Value;

        Assert.Null((await records.GetAsync(await ActAsync(doctor), outside, default)).Value.Visit);
        var record = (await records.GetAsync(await ActAsync(doctor), inside, default)).Value;
        Assert.Equal(visitId, record.Visit?.Id);
        await records.SaveDiagnosisAsync(await ActAsync(doctor), patientId, inside,
            new DiagnosisInput("Eczema.", null, Certainty.Provisional, record.Version), default);
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal([AuditAct.DiagnosisSaved, AuditAct.RecordCreated], await db.Set<AuditEntry>()
            .Where(entry => entry.RecordId == inside && entry.VisitId == visitId).OrderBy(entry => entry.Act).Select(entry => entry.Act)
            .ToListAsync());
    }

    private Task<Result<Guid>> DoAsync(Actor actor, Guid patientId, Guid visitId, VisitAct act) =>
        Visits.DoAsync(actor, patientId, visitId, act, reason: null, default);

    private async Task<(VisitStatus Status, Guid? OpenedBy)> StateAsync(Guid visitId)
    {
        await using var db = await clinic.Host.OpenAsync();
        var visit = await db.Set<Visit>().SingleAsync(row => row.Id == visitId);
        return (visit.Status, visit.OpenedById);
    }

    private async Task<Actor> DeskAsync() => await ActAsync(await clinic.People.AddStaffAsync(Roles.Reception));

    private Task<Actor> ActAsync(TestPerson person) => clinic.People.ActorAsync(person);
}
