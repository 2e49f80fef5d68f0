using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Visits;

/// <summary>Two acts on one visit that meet: one of them counts, and nothing of the other stays.</summary>
[Trait("Requirement", "S2-08")]
public abstract class VisitRaceTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;

    public sealed class OnSqlite() : VisitRaceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : VisitRaceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private VisitService Visits => Host.Get<VisitService>();

    public async Task InitializeAsync() => host = await interference.StartAsync(kind);

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Assert.True(interference.HasHappened, "There was no save in which the other act could come first.");
    }

    public static IEnumerable<object[]> EveryPairOfActs =>
    [
        .. from one in VisitTransitions.Table from other in VisitTransitions.Table
           where one.From.Contains(VisitStatus.Arrived) && other.From.Contains(VisitStatus.Arrived)
           select new object[] { one.Act, other.Act },
    ];

    [Theory]
    [MemberData(nameof(EveryPairOfActs))]
    public async Task TwoActs_AtOnce_LeaveAHistoryInOneLineAndNoOpenPartInAClosedVisit(VisitAct first, VisitAct second)
    {
        var (patientId, visitId) = await VisitAsync();
        var (one, other) = (await DoctorAsync(), await DoctorAsync());
        var desk = await DeskAsync();
        interference.BeforeNextSave(() => DoAsync(IsOfDoctors(first) ? one : desk, patientId, visitId, first));

        var result = await DoAsync(IsOfDoctors(second) ? other : desk, patientId, visitId, second);

        await using var db = await Host.OpenAsync();
        var events = await db.Set<VisitEvent>().Where(row => row.VisitId == visitId).OrderBy(row => row.Number).ToListAsync();
        var visit = await db.Set<Visit>().SingleAsync(row => row.Id == visitId);
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(row => row.Number));
        Assert.Equal(events.SkipLast(1).Select(row => (VisitStatus?)row.To), events.Skip(1).Select(row => row.From));
        Assert.Equal((events[^1].To, events.Count), (visit.Status, visit.Events));
        Assert.Equal(VisitTransitions.Of(second).From.Contains(VisitTransitions.Of(first).To), result.IsSuccess);
        Assert.True(visit.ClosedAt is null || !await db.Set<AccessGrant>().AnyAsync(grant => grant.EndsAt == null));
    }

    [Fact]
    public async Task TwoDoctors_WhoCallInAtOnce_LeaveOne()
    {
        var (patientId, visitId) = await VisitAsync();
        var (one, other) = (await DoctorAsync(), await DoctorAsync());
        interference.BeforeNextSave(() => DoAsync(one, patientId, visitId, VisitAct.CallIn));

        Assert.Equal(ErrorKind.Conflict, (await DoAsync(other, patientId, visitId, VisitAct.CallIn)).Error?.Kind);

        await using var db = await Host.OpenAsync();
        Assert.Equal([one.AccountId!.Value], await db.Set<AccessGrant>().Select(grant => grant.AccountId).ToListAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CallingIn_WhileTheAccountIsSwitchedOff_LeavesNoPart(bool endedFirst)
    {
        var (patientId, visitId) = await VisitAsync();
        var doctor = await DoctorAsync();
        var administrator = await ActAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        async Task<Result<Done>> Call() =>
            await DoAsync(doctor, patientId, visitId, VisitAct.CallIn) is { Error: { } error } ? error : Done.Instance;
        Task<Result<Done>> End() => Host.Get<AccountService>().DeactivateAsync(administrator, doctor.AccountId!.Value, default);
        interference.BeforeNextSave(endedFirst ? End : Call);

        await (endedFirst ? Call() : End());

        await using var db = await Host.OpenAsync();
        Assert.False(await db.Set<AccessGrant>().AnyAsync(grant => grant.EndsAt == null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "S0-06")]
    public async Task CallingIn_WhileTheDeskThatOpenedTheVisitIsSwitchedOff_IsInOneOrder(bool endedFirst)
    {
        var desk = await Host.People.AddStaffAsync(Roles.Reception);
        var patientId = await Host.People.AddChartAsync();
        var visitId = (await Visits.StartAsync(await ActAsync(desk), patientId, doctorId: null, default)).Value;
        var doctor = await DoctorAsync();
        var administrator = await ActAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        var called = false;
        async Task<Result<Done>> Call()
        {
            called = (await DoAsync(doctor, patientId, visitId, VisitAct.CallIn)).IsSuccess;
            return Done.Instance;
        }

        Task<Result<Done>> End() => Host.Get<AccountService>().DeactivateAsync(administrator, desk.AccountId, default);
        interference.BeforeNextSave(endedFirst ? End : Call);

        await (endedFirst ? Call() : End());

        Assert.Equal(!endedFirst, called);
    }

    [Fact]
    public async Task Undo_WhileSomebodyGoesOn_IsRefused()
    {
        var (patientId, visitId) = await VisitAsync();
        var (nurse, doctor) = (await ActAsync(await Host.People.AddStaffAsync(Roles.Nurse)), await DoctorAsync());
        var done = (await DoAsync(nurse, patientId, visitId, VisitAct.StartTriage)).Value;
        interference.BeforeNextSave(() => DoAsync(doctor, patientId, visitId, VisitAct.CallIn));

        Assert.Equal(ErrorKind.Conflict, (await Visits.UndoAsync(nurse, patientId, visitId, done, default)).Error?.Kind);

        await using var db = await Host.OpenAsync();
        Assert.Equal(VisitStatus.InProgress, (await db.Set<Visit>().SingleAsync()).Status);
    }

    [Fact]
    public async Task CheckIn_OfAnExpectedPatientAndOfTheSameAsAWalkInAtOnce_LeavesOneOpenVisit()
    {
        var (one, other) = (await DeskAsync(), await DeskAsync());
        var patientId = await Host.People.AddChartAsync();
        var tomorrow = Host.Clock.GetLocalNow().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var planned = (await Visits.PlanAsync(one, patientId, new NewVisit(tomorrow, "10:00"), default)).Value;
        interference.BeforeNextSave(() => Visits.StartAsync(one, patientId, doctorId: null, default));

        Assert.Equal(ErrorKind.Conflict, (await DoAsync(other, patientId, planned, VisitAct.CheckIn)).Error?.Kind);

        await using var db = await Host.OpenAsync();
        Assert.Equal(1, await db.Set<Visit>().CountAsync(visit => visit.ClosedAt == null && visit.ArrivedAt != null));
    }

    private static bool IsOfDoctors(VisitAct act) => act is VisitAct.CallIn or VisitAct.StartTriage;

    private Task<Result<Guid>> DoAsync(Actor actor, Guid patientId, Guid visitId, VisitAct act) =>
        Visits.DoAsync(actor, patientId, visitId, act, "By mistake.", default);

    private async Task<(Guid PatientId, Guid VisitId)> VisitAsync()
    {
        var patientId = await Host.People.AddChartAsync();
        return (patientId, (await Visits.StartAsync(await DeskAsync(), patientId, doctorId: null, default)).Value);
    }

    private async Task<Actor> DeskAsync() => await ActAsync(await Host.People.AddStaffAsync(Roles.Reception));

    private async Task<Actor> DoctorAsync() => await ActAsync(await Host.People.AddStaffAsync(Roles.Doctor));

    private Task<Actor> ActAsync(TestPerson person) => Host.People.ActorAsync(person);
}
