using System.Collections.Concurrent;
using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Visits;

/// <summary>Whom the queue shows, to whom, and what comes next for each.</summary>
[Trait("Requirement", "S2-08")]
public abstract class QueueServiceTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly HashSet<Guid> Nobody = [];

    private DomainHost? host;

    public sealed class OnSqlite() : QueueServiceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : QueueServiceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private QueueService Queue => Host.Get<QueueService>();

    private VisitService Visits => Host.Get<VisitService>();

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task List_OfADay_HoldsWhoIsHereWhoIsExpectedAndWhoHasGone()
    {
        var desk = await ActAsync(Roles.Reception);
        var (here, expected, later, gone, cancelled) = (await ChartAsync(), await ChartAsync(), await ChartAsync(), await ChartAsync(),
            await ChartAsync());
        await Visits.StartAsync(desk, here, doctorId: null, default);
        await PlanAsync(desk, expected, days: 0);
        await PlanAsync(desk, later, days: 1);
        await DoAsync(desk, gone, VisitAct.Finish);
        await DoAsync(desk, cancelled, VisitAct.Cancel);

        var board = (await Queue.ListAsync(desk, Nobody, default)).Value;

        Assert.Equal(new[] { (here, VisitStatus.Arrived), (expected, VisitStatus.Planned), (gone, VisitStatus.Finished) }.Order(),
            board.Rows.Select(row => (row.PatientId, row.Status)).Order());
        Assert.Equal(1, board.Gone);
    }

    [Theory]
    [InlineData(Roles.Reception, VisitStatus.Planned, true)]
    [InlineData(Roles.Nurse, VisitStatus.Planned, false)]
    [InlineData(Roles.Doctor, VisitStatus.Planned, false)]
    [InlineData(Roles.Reception, VisitStatus.Arrived, false)]
    [InlineData(Roles.Nurse, VisitStatus.Arrived, true)]
    [InlineData(Roles.Doctor, VisitStatus.Arrived, true)]
    [InlineData(Roles.Reception, VisitStatus.Triaged, false)]
    [InlineData(Roles.Nurse, VisitStatus.Triaged, false)]
    [InlineData(Roles.Doctor, VisitStatus.Triaged, true)]
    public async Task Row_InEachState_OffersTheNextActToThoseWhoseItIs(Roles role, VisitStatus status, bool isMine)
    {
        var (desk, patientId) = (await ActAsync(Roles.Reception), await ChartAsync());
        if (status == VisitStatus.Planned)
        {
            await PlanAsync(desk, patientId, days: 0);
        }
        else if (status == VisitStatus.Arrived)
        {
            await Visits.StartAsync(desk, patientId, doctorId: null, default);
        }
        else
        {
            await DoAsync(desk, patientId, VisitAct.StartTriage, by: await ActAsync(Roles.Nurse));
        }

        var row = Assert.Single((await Queue.ListAsync(await ActAsync(role), Nobody, default)).Value.Rows);

        Assert.Equal((status, VisitTransitions.NextOf(status), isMine), (row.Status, row.Next, row.IsMine));
        Assert.Equal(role == Roles.Reception, row.MayOpen);
    }

    [Fact]
    [Trait("Requirement", "S0-06")]
    public async Task Row_OfAVisitThatOneHasOpenedOneself_OffersNothingThatOpensTheChart()
    {
        var both = await ActAsync(Roles.Doctor | Roles.Reception);
        await Visits.StartAsync(both, await ChartAsync(), doctorId: null, default);

        Assert.False(Assert.Single((await Queue.ListAsync(both, Nobody, default)).Value.Rows).IsMine);
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task Board_ThatStaysOpen_LeavesAnEntryOnlyForThoseItShowsAnew()
    {
        var (desk, nurse) = (await ActAsync(Roles.Reception), await ActAsync(Roles.Nurse));
        var first = await ChartAsync();
        await Visits.StartAsync(desk, first, doctorId: null, default);

        await Queue.ListAsync(nurse, Nobody, default);
        await Queue.ListAsync(nurse, new HashSet<Guid> { first }, default);
        var second = await ChartAsync();
        await Visits.StartAsync(desk, second, doctorId: null, default);
        await Queue.ListAsync(nurse, new HashSet<Guid> { first }, default);

        await using var db = await Host.OpenAsync();
        var entries = await db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.QueueRead).Select(entry => entry.Id).ToListAsync();
        var listed = (await db.Set<AuditListed>().ToListAsync()).Where(row => entries.Contains(row.EntryId))
            .ToLookup(row => row.EntryId, row => row.PatientId);
        Assert.Equal(2, entries.Count);
        Assert.Equal(new[] { first, second }.Order(), listed.Select(look => Assert.Single(look)).Order());
    }

    [Fact]
    public async Task News_OfEachAct_IsToldOnceItIsSavedAndNotOfOneThatWasRefused()
    {
        var (desk, patientId) = (await ActAsync(Roles.Reception), await ChartAsync());
        var told = new ConcurrentQueue<IReadOnlySet<Guid>>();
        Guid visitId;
        using (Host.Get<QueueNews>().Follow(told.Enqueue))
        {
            visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
            await TestTime.WaitUntilAsync(() => told.Count == 1);
            await Visits.StartAsync(desk, patientId, doctorId: null, default);
            await Visits.DoAsync(desk, patientId, visitId, VisitAct.Finish, reason: null, default);
            await TestTime.WaitUntilAsync(() => told.Count == 2);
        }

        await Visits.StartAsync(desk, await ChartAsync(), doctorId: null, default);
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, told.Count);
        Assert.All(told, visits => Assert.Equal([visitId], visits));
    }

    [Fact]
    public async Task News_OfACareTeam_ConcernsEveryVisit()
    {
        var (desk, patientId, doctor) = (await ActAsync(Roles.Reception), await ChartAsync(), await ActAsync(Roles.Doctor));
        var told = new ConcurrentQueue<IReadOnlySet<Guid>>();
        using (Host.Get<QueueNews>().Follow(told.Enqueue))
        {
            await Host.Get<CareTeamService>().AddAsync(desk, patientId, doctor.AccountId!.Value, default);
            await TestTime.WaitUntilAsync(() => !told.IsEmpty);
        }

        Assert.Empty(Assert.Single(told));
    }

    private async Task PlanAsync(Actor desk, Guid patientId, int days)
    {
        var day = Host.Clock.GetLocalNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.True((await Visits.PlanAsync(desk, patientId, new NewVisit(day, "23:45"), default)).IsSuccess);
    }

    private async Task DoAsync(Actor desk, Guid patientId, VisitAct act, Actor? by = null)
    {
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        Assert.True((await Visits.DoAsync(by ?? desk, patientId, visitId, act, "By mistake.", default)).IsSuccess);
    }

    private Task<Guid> ChartAsync() => Host.People.AddChartAsync();

    private async Task<Actor> ActAsync(Roles roles) => await Host.People.ActorAsync(await Host.People.AddStaffAsync(roles));
}
