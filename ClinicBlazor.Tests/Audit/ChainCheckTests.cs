using System.Reflection;
using Bunit;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The walk along the chain ends with its page, and however it ends, another one can be begun.</summary>
[Trait("Requirement", "B-12")]
public sealed class ChainCheckTests : IAsyncLifetime
{
    private const string Finished = "[data-testid=chain-intact], [data-testid=chain-broken]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HeldQueries _queries = new();
    private readonly List<bool> _running = [];
    private DomainHost _host = null!;
    private PageContext _context = null!;
    private IRenderedComponent<ChainCheck> _page = null!;

    public async Task InitializeAsync()
    {
        _host = await _queries.StartAsync(DatabaseKind.Sqlite);
        _context = await PageContext.OfStaffAsync(_host, await _host.People.AddStaffAsync(Roles.Administrator));
        _page = _context.Render<ChainCheck>(check => check.Add(part => part.RunningChanged, running => _running.Add(running)));

        // The page compares with the anchors by itself; what is held below is the walk alone.
        using var patience = new CancellationTokenSource(Patience);
        while ((await AuditSamples.ReadAsync(_host)).All(entry => entry.Act != AuditAct.AnchorsCompared))
        {
            await Task.Delay(10, patience.Token);
        }
    }

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Run_PageLeftMeanwhile_EndsTheWalkAndHoldsNothingOfIt()
    {
        var check = _page.Instance;
        var (_, reached) = _queries.HoldNext("AuditSeals");
        var walk = RunAsync();
        await reached.WaitAsync(Patience);

        await _context.DisposeComponentsAsync();

        await walk.WaitAsync(Patience);
        Assert.Null(Field(check, "_run"));
        Assert.Null(Field(check, "_found"));
        Assert.Equal([true, false], _running);
        Assert.DoesNotContain(await AuditSamples.ReadAsync(_host),
            entry => entry.Act == AuditAct.AuditVerified && entry.Outcome == AuditOutcome.Done);
    }

    [Fact]
    public async Task Run_Stopped_CanBeBegunAgain()
    {
        var (_, reached) = _queries.HoldNext("AuditSeals");
        var walk = RunAsync();
        await reached.WaitAsync(Patience);

        _page.Render();
        await _page.Find("button.link").ClickAsync();
        await walk.WaitAsync(Patience);
        _page.Render();
        Assert.Empty(_page.FindAll(Finished));
        await RunAsync();

        _page.Render();
        Assert.Single(_page.FindAll(Finished));
        Assert.Equal([true, false, true, false], _running);
    }

    [Fact]
    public async Task Run_ThatFailed_CanBeBegunAgain()
    {
        _queries.FailNext("AuditSeals");
        await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);

        await RunAsync();

        _page.Render();
        Assert.Single(_page.FindAll(Finished));
    }

    [Fact]
    public async Task Run_AskedForTwice_IsOneWalk()
    {
        var (go, reached) = _queries.HoldNext("AuditSeals");
        var walk = RunAsync();
        await reached.WaitAsync(Patience);

        await RunAsync();
        go.SetResult();
        await walk.WaitAsync(Patience);

        Assert.Equal([true, false], _running);
        Assert.Single(await AuditSamples.ReadAsync(_host), entry => entry.Act == AuditAct.AuditVerified);
    }

    private Task RunAsync() => _page.InvokeAsync(_page.Instance.RunAsync);

    private static object? Field(ChainCheck check, string name) =>
        typeof(ChainCheck).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(check);
}
