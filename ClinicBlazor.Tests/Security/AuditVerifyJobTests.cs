using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security;

/// <summary>A verification goes on without whoever began it, one at a time, and ends when somebody stops it or with the program.</summary>
[Trait("Requirement", "S4-11")]
[Trait("Requirement", "B-12")]
public sealed class AuditVerifyJobTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HeldQueries queries = new();
    private DomainHost host = null!;
    private TestPerson administrator = null!;

    private AuditVerifyJob Job => host.Get<AuditVerifyJob>();

    public async Task InitializeAsync()
    {
        host = await queries.StartAsync(DatabaseKind.Sqlite);
        administrator = await host.People.AddStaffAsync(Roles.Administrator);
        await AuditSamples.WriteAsync(host, 3);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task StartAsync_BySomebodyWhoSignsOut_GoesOnToItsEndAndNamesThem()
    {
        var (go, reached) = queries.HoldNext("AuditSeals");
        Assert.True((await Job.StartAsync(await ActorAsync(), default)).IsSuccess);
        await reached.WaitAsync(Patience);
        Assert.Equal(VerifyStage.Running, Job.State!.Stage);
        await host.Get<SessionService>().SignOutAsync(await ActorAsync());

        go.SetResult();
        await Job.Completion.WaitAsync(Patience);

        Assert.Equal(VerifyStage.Finished, Job.State!.Stage);
        Assert.Empty(Job.State.Found!.Breaks);
        Assert.Equal(administrator.AccountId,
            Assert.Single(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AuditVerified).AccountId);
    }

    [Fact]
    public async Task StartAsync_WhileOneGoesOn_JoinsIt()
    {
        var (go, reached) = queries.HoldNext("AuditSeals");
        await Job.StartAsync(await ActorAsync(), default);
        await reached.WaitAsync(Patience);
        var other = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));

        Assert.True((await Job.StartAsync(other, default)).IsSuccess);
        go.SetResult();
        await Job.Completion.WaitAsync(Patience);

        var entries = await AuditSamples.ReadAsync(host);
        Assert.Equal(2, entries.Count(entry => entry.Act == AuditAct.AuditVerifyBegun));
        Assert.Single(entries, entry => entry.Act == AuditAct.AuditVerified);
    }

    [Fact]
    public async Task StopAsync_ByAnotherAdministrator_EndsItWithoutAResultAndANewOneCanBegin()
    {
        var (_, reached) = queries.HoldNext("AuditSeals");
        await Job.StartAsync(await ActorAsync(), default);
        await reached.WaitAsync(Patience);
        var other = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));

        Assert.True((await Job.StopAsync(other, default)).IsSuccess);
        await Job.Completion.WaitAsync(Patience);

        Assert.Equal((VerifyStage.Stopped, null), (Job.State!.Stage, Job.State.Found));
        var stopped = Assert.Single(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AuditVerifyStopped);
        Assert.Equal(other.AccountId, stopped.AccountId);
        Assert.DoesNotContain(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AuditVerified);
        await Job.StartAsync(await ActorAsync(), default);
        await Job.Completion.WaitAsync(Patience);
        Assert.Equal(VerifyStage.Finished, Job.State.Stage);
    }

    [Fact]
    public async Task StartAsync_ThatCannotGoOn_SaysSoAndANewOneCanBegin()
    {
        queries.FailNext("AuditSeals");
        await Job.StartAsync(await ActorAsync(), default);
        await Job.Completion.WaitAsync(Patience);

        Assert.Equal(VerifyStage.Failed, Job.State!.Stage);
        await Job.StartAsync(await ActorAsync(), default);
        await Job.Completion.WaitAsync(Patience);
        Assert.Equal(VerifyStage.Finished, Job.State.Stage);
    }

    [Fact]
    public async Task DisposeAsync_WhileOneGoesOn_EndsIt()
    {
        var (_, reached) = queries.HoldNext("AuditSeals");
        await Job.StartAsync(await ActorAsync(), default);
        await reached.WaitAsync(Patience);

        await ((IAsyncDisposable)Job).DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.Equal(VerifyStage.Stopped, Job.State!.Stage);
        await Job.StartAsync(await ActorAsync(), default);
        Assert.Equal(VerifyStage.Stopped, Job.State.Stage);
    }

    [Fact]
    public async Task StartAndStop_ByWhoeverMayNotReadTheTrail_AreRefused()
    {
        var doctor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Doctor));

        Assert.Equal(ErrorKind.Denied, (await Job.StartAsync(doctor, default)).Error?.Kind);
        Assert.Equal(ErrorKind.Denied, (await Job.StopAsync(doctor, default)).Error?.Kind);

        Assert.Null(Job.State);
    }

    private Task<Actor> ActorAsync() => host.People.ActorAsync(administrator);
}
