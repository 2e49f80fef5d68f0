using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>Each entry is judged once, whatever comes at once and whatever ends in the middle.</summary>
[Trait("Requirement", "S4-10")]
public abstract class AlertWatcherTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;

    public sealed class OnSqlite() : AlertWatcherTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AlertWatcherTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await interference.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task JudgeAsync_OfAFlood_IsOneAlertEachWithHowOftenAndOneNoticeForEachNotifier()
    {
        var (account, nurse) = (Guid.CreateVersion7(), await Host.People.AddStaffAsync(Roles.Nurse));
        var actor = await Host.People.ActorAsync(nurse);
        for (var i = 0; i < 200; i++)
        {
            await Host.Get<PatientService>().GetAsync(actor, Guid.CreateVersion7(), default);
        }

        await Host.DoAsync(Wrong(account).Times(500));
        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await Host.Get<DenialSweeper>().SweepAsync(default);

        await Host.JudgeAsync();

        Assert.Equal([(AlertKind.FailedSignIns, 500), (AlertKind.Denials, 200)],
            (await Host.AlertsAsync()).OrderBy(alert => alert.Kind).Select(alert => (alert.Kind, alert.Count)));
        await using var db = await Host.OpenAsync();
        Assert.Equal(["log", "log"], await db.Set<QueuedNotice>().Select(notice => notice.Notifier).ToListAsync());
        Assert.Contains((await EntriesAsync(AuditAct.AlertRaised)).Select(entry => entry.UserAgent),
            remark => remark.Contains("FailedSignIns 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task JudgeAsync_OfWhatRaisesNothing_MovesOnWithoutAnEntry()
    {
        await Host.DoAsync(new Deed(AuditAct.PatientsListed) { By = Guid.CreateVersion7() }.Times(3));
        var judged = await Host.JudgeAsync();

        Assert.True(judged >= 3, $"{judged} were judged.");
        Assert.Empty(await EntriesAsync(AuditAct.AlertRaised));
        Assert.Equal(0, await Host.JudgeAsync());
        Assert.Equal(await EndOfChainAsync(), await CursorAsync());
    }

    [Fact]
    public async Task JudgeAsync_OfWhatItWroteItself_RaisesNothing()
    {
        await Host.DoAndJudgeAsync(Wrong(Guid.CreateVersion7()).Times(5));

        Assert.Equal(1, await Host.JudgeAsync());
        Assert.Equal(0, await Host.JudgeAsync());
        Assert.Single(await Host.AlertsAsync());
    }

    [Fact]
    public async Task JudgeAsync_OfMoreThanOneTransactionTakes_JudgesAll()
    {
        await Host.DoAsync(Wrong(Guid.CreateVersion7()).Times(AlertWatcher.AtOnce + 100));

        await Host.JudgeAsync();

        Assert.Equal(AlertWatcher.AtOnce + 100, Assert.Single(await Host.AlertsAsync()).Count);
        Assert.Equal(await EndOfChainAsync(), await CursorAsync() + 1);
    }

    [Fact]
    public async Task JudgeAsync_WhileAnotherInstanceDoes_JudgesEachEntryOnce()
    {
        await using var other = await Host.StartAgainAsync();
        await Host.DoAsync(Wrong(Guid.CreateVersion7()).Times(20));
        await Host.Get<AuditSealer>().SealPendingAsync(default);
        interference.BeforeNextSave(() => other.GetRequiredService<AlertWatcher>().JudgeAsync(default));

        await Host.Get<AlertWatcher>().JudgeAsync(default);

        Assert.True(interference.HasHappened);
        Assert.Equal(20, Assert.Single(await Host.AlertsAsync()).Count);
    }

    [Fact]
    public async Task JudgeAsync_OfTwoInstancesAllTheTime_JudgesEachEntryOnce()
    {
        await using var other = await Host.StartAgainAsync();
        var account = Guid.CreateVersion7();
        for (var round = 0; round < 10; round++)
        {
            await Host.DoAsync(Wrong(account).Times(13));
            await Host.Get<AuditSealer>().SealPendingAsync(default);
            await Task.WhenAll(
                Task.Run(() => Host.Get<AlertWatcher>().JudgeAsync(default)),
                Task.Run(() => other.GetRequiredService<AlertWatcher>().JudgeAsync(default)));
        }

        Assert.Equal(130, Assert.Single(await Host.AlertsAsync()).Count);
    }

    [Fact]
    public async Task JudgeAsync_KilledInTheMiddle_LeavesAllAsItWasAndTheNextOneJudgesIt()
    {
        await Host.DoAsync(Wrong(Guid.CreateVersion7()).Times(5));
        await Host.Get<AuditSealer>().SealPendingAsync(default);
        interference.BeforeNextSave(() => throw new OperationCanceledException("killed"));

        await Assert.ThrowsAsync<OperationCanceledException>(() => Host.Get<AlertWatcher>().JudgeAsync(default));
        Assert.Equal((0, 0L), ((await Host.AlertsAsync()).Count, await CursorAsync()));

        await using var next = await Host.StartAgainAsync();
        await next.GetRequiredService<AlertWatcher>().JudgeAsync(default);
        Assert.Equal(5, Assert.Single(await Host.AlertsAsync()).Count);
    }

    [Fact]
    public async Task JudgeAsync_AfterARestart_KnowsWhatCameBefore()
    {
        var account = Guid.CreateVersion7();
        await Host.DoAndJudgeAsync(Wrong(account).Times(3));
        await using var next = await Host.StartAgainAsync();
        await Host.DoAsync(Wrong(account).Times(2));
        await Host.Get<AuditSealer>().SealPendingAsync(default);

        await next.GetRequiredService<AlertWatcher>().JudgeAsync(default);

        Assert.Equal(5, Assert.Single(await Host.AlertsAsync()).Count);
    }

    [Fact]
    public async Task JudgeAsync_AfterSomebodyLooked_CountsOnlyWhatCameLater()
    {
        var account = Guid.CreateVersion7();
        await Host.DoAndJudgeAsync(Wrong(account).Times(9));
        await Host.AcknowledgeAsync(Assert.Single(await Host.AlertsAsync()));

        await Host.DoAndJudgeAsync(Wrong(account).Times(4));
        Assert.Single(await Host.AlertsAsync());

        await Host.DoAndJudgeAsync(Wrong(account).Times(2));
        Assert.Equal([9, 6], (await Host.AlertsAsync()).Select(alert => alert.Count));
    }

    [Fact]
    public async Task JudgeAsync_WhileSomebodyAcknowledges_CountsOnNoClosedAlert()
    {
        var account = Guid.CreateVersion7();
        await Host.DoAndJudgeAsync(Wrong(account).Times(5));
        var alert = Assert.Single(await Host.AlertsAsync());
        await using var other = await Host.StartAgainAsync();
        var administrator = await Host.People.ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        await Host.DoAsync(new Deed(AuditAct.AttackInputSeen) { By = account }, Wrong(account));
        await Host.Get<AuditSealer>().SealPendingAsync(default);
        Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        interference.BeforeNextSave(() => other.GetRequiredService<AlertService>()
            .AcknowledgeAsync(administrator, alert.Id, "Looked into.", default));

        await Host.Get<AlertWatcher>().JudgeAsync(default);

        Assert.Equal([(AlertKind.FailedSignIns, 5), (AlertKind.AttackInput, 1)],
            (await Host.AlertsAsync()).Select(row => (row.Kind, row.Count)));
    }

    [Fact]
    public async Task Changed_OfAnAlert_IsToldOnceItIsSaved()
    {
        var told = 0;
        Host.Get<AlertEvents>().Changed += () => told++;

        await Host.DoAndJudgeAsync(new Deed(AuditAct.PatientsListed) { By = Guid.CreateVersion7() });
        Assert.Equal(0, told);
        await Host.DoAndJudgeAsync(new Deed(AuditAct.AttackInputSeen) { By = Guid.CreateVersion7() });
        Assert.Equal(1, told);
        await Host.AcknowledgeAsync(Assert.Single(await Host.AlertsAsync()));
        Assert.Equal(2, told);
    }

    [Fact]
    public async Task Sealed_ByTheSealer_IsToldWhenThereWasSomething()
    {
        await Host.DoAsync(new Deed(AuditAct.PatientsListed));
        var told = 0;
        Host.Get<AuditSealer>().Sealed += () => told++;

        await Host.Get<AuditSealer>().SealPendingAsync(default);
        await Host.Get<AuditSealer>().SealPendingAsync(default);

        Assert.Equal(1, told);
    }

    private static Deed Wrong(Guid account) => new(AuditAct.SignIn, AuditOutcome.Failed) { By = account };

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditAct act)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>().Where(entry => entry.Act == act).ToListAsync();
    }

    private async Task<long> EndOfChainAsync()
    {
        await Host.Get<AuditSealer>().SealPendingAsync(default);
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditSeal>().MaxAsync(seal => seal.Sequence);
    }

    private async Task<long> CursorAsync()
    {
        await using var db = await Host.OpenAsync();
        return (await db.Set<AlertCursor>().SingleAsync()).Sequence;
    }
}
