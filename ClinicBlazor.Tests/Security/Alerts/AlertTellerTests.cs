using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>Whoever is to be told of an alert is told once, whatever is away meanwhile.</summary>
[Trait("Requirement", "S4-10")]
public abstract class AlertTellerTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Pager pager = new();
    private readonly Guid attacker = Guid.CreateVersion7();
    private DomainHost? host;

    public sealed class OnSqlite() : AlertTellerTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AlertTellerTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private AlertTeller Teller => Host.Get<AlertTeller>();

    public async Task InitializeAsync() =>
        host = await DomainHost.StartAsync(kind, services => services.AddSingleton<IAlertNotifier>(pager));

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task TellDueAsync_OfANewAlert_TellsEachNotifierOnceAndNotOfItsRepetition()
    {
        await Host.DoAndJudgeAsync(Attack());
        Assert.Equal(2, await Teller.TellDueAsync(default));

        await Host.DoAndJudgeAsync(Attack());

        Assert.Equal(0, await Teller.TellDueAsync(default));
        var (alert, notice) = (Assert.Single(await Host.AlertsAsync()), Assert.Single(pager.Told));
        Assert.Equal((alert.Id, AlertKind.AttackInput, AlertSeverity.Urgent, alert.FirstAt, 1),
            (notice.AlertId, notice.Kind, notice.Severity, notice.At, notice.Count));
        Assert.Empty(await QueueAsync());
    }

    [Fact]
    public async Task TellDueAsync_WhileNobodyTakesIt_TriesWithGrowingPausesUntilSomebodyDoes()
    {
        await Host.DoAndJudgeAsync(Attack());
        pager.Failures = 3;
        var taken = new List<int>();
        for (var minute = 0; minute <= 30; minute++)
        {
            taken.Add(await Teller.TellDueAsync(default));
            Host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // The log takes it at once, the pager at its fourth try: after 1, 5 and 20 minutes.
        Assert.Equal([(0, 1), (26, 1)], taken.Index().Where(row => row.Item > 0));
        Assert.Equal(4, pager.Tries);
        Assert.Single(pager.Told);
        Assert.Empty(await QueueAsync());
    }

    [Fact]
    public async Task TellDueAsync_OfANotifierThatBreaks_DoesNotHoldUpTheOthers()
    {
        await Host.DoAndJudgeAsync(Attack());
        pager.Fault = new InvalidOperationException("a secret");

        Assert.Equal(1, await Teller.TellDueAsync(default));

        Assert.Equal("pager", Assert.Single(await QueueAsync()).Notifier);
    }

    [Fact]
    public async Task TellDueAsync_ThatNobodyTakesForThreeDays_GivesUpAndItGoesAMonthLater()
    {
        await Host.DoAndJudgeAsync(Attack());
        pager.Failures = int.MaxValue;
        await Teller.TellDueAsync(default);
        Host.Clock.Advance(TimeSpan.FromHours(RetryPauses.Hours));
        await Teller.TellDueAsync(default);
        Assert.NotNull(Assert.Single(await QueueAsync()).GivenUpAt);
        Host.Clock.Advance(TimeSpan.FromDays(1));
        var tries = pager.Tries;

        Assert.Equal(0, await Teller.TellDueAsync(default));
        Assert.Equal(tries, pager.Tries);
        Host.Clock.Advance(TimeSpan.FromDays(AlertServices.DaysGivenUp));
        await Host.Get<NightlyCleaner>().CleanAsync(default);

        Assert.Empty(await QueueAsync());
    }

    [Fact]
    public async Task TellDueAsync_OfANotifierThatIsGone_GivesItUp()
    {
        await Host.DoAndJudgeAsync(Attack());
        await using var without = await Host.StartAgainAsync();

        Assert.Equal(1, await without.GetRequiredService<AlertTeller>().TellDueAsync(default));

        var left = Assert.Single(await QueueAsync());
        Assert.Equal("pager", left.Notifier);
        Assert.NotNull(left.GivenUpAt);
    }

    [Fact]
    public async Task TellDueAsync_OfTwoInstancesAtOnce_TellsOfEachAlertOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            await Host.DoAsync(Attack() with { By = Guid.CreateVersion7() });
        }

        await Host.JudgeAsync();
        await using var other = await Host.StartAgainAsync(services => services.AddSingleton<IAlertNotifier>(pager));

        await Task.WhenAll(
            Task.Run(() => Teller.TellDueAsync(default)), Task.Run(() => other.GetRequiredService<AlertTeller>().TellDueAsync(default)));

        Assert.Equal(20, pager.Told.Count);
        Assert.Equal(20, pager.Told.DistinctBy(notice => notice.AlertId).Count());
    }

    [Fact]
    public async Task TellDueAsync_Killed_LosesNothing()
    {
        await Host.DoAndJudgeAsync(Attack());
        pager.Fault = new OperationCanceledException();
        using var killed = new CancellationTokenSource();
        pager.OnTry = killed.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Teller.TellDueAsync(killed.Token));
        (pager.Fault, pager.OnTry) = (null, null);
        await Teller.TellDueAsync(default);
        Assert.Empty(pager.Told);

        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Teller.TellDueAsync(default);

        Assert.Single(pager.Told);
    }

    [Fact]
    public async Task Administrators_OfANotice_AreThoseOfTheMomentItIsSent()
    {
        var (gone, stays) = (await Host.People.AddStaffAsync(Roles.Administrator), await Host.People.AddStaffAsync(Roles.Administrator));
        await Host.People.AddStaffAsync(Roles.Doctor);
        await Host.DoAndJudgeAsync(Attack());
        await Host.People.SetRolesAsync(gone, Roles.Nurse);

        await Teller.TellDueAsync(default);

        Assert.Equal([stays.Email], Assert.Single(pager.Told).Administrators);
    }

    [Fact]
    public async Task Telling_OfAlerts_LeavesNoFurtherEntry()
    {
        await Host.DoAndJudgeAsync(Attack());
        var before = await EntriesAsync();

        await Teller.TellDueAsync(default);

        Assert.Equal(before, await EntriesAsync());
    }

    [Fact]
    public void Notifiers_All_HaveNamesOfTheirOwnThatFitTheQueue() =>
        Assert.All(Host.Services.GetServices<IAlertNotifier>().CountBy(notifier => notifier.Name), name =>
        {
            Assert.Equal(1, name.Value);
            Assert.InRange(name.Key.Length, 1, QueuedNotice.LongestName);
        });

    private Deed Attack() => new(AuditAct.AttackInputSeen) { By = attacker };

    private async Task<IReadOnlyList<QueuedNotice>> QueueAsync()
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<QueuedNotice>().ToListAsync();
    }

    private async Task<int> EntriesAsync()
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>().CountAsync();
    }

    /// <summary>Takes what it is told of, as soon as it may.</summary>
    private sealed class Pager : IAlertNotifier
    {
        private readonly List<AlertNotice> told = [];

        public string Name => "pager";

        public int Failures { get; set; }

        public Exception? Fault { get; set; }

        public Action? OnTry { get; set; }

        public int Tries { get; private set; }

        public IReadOnlyList<AlertNotice> Told
        {
            get
            {
                lock (told)
                {
                    return [.. told];
                }
            }
        }

        public Task TellAsync(AlertNotice notice, CancellationToken ct)
        {
            lock (told)
            {
                OnTry?.Invoke();
                if (Fault is not null)
                {
                    throw Fault;
                }

                if (Tries++ < Failures)
                {
                    throw new AlertNotToldException("nobody answers");
                }

                told.Add(notice);
                return Task.CompletedTask;
            }
        }
    }
}
