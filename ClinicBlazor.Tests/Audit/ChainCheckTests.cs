using Bunit;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The walk along the chain goes on when its page is left, and whoever opens the page sees how far it is.</summary>
[Trait("Requirement", "B-12")]
[Trait("Requirement", "S4-11")]
public sealed class ChainCheckTests : IAsyncLifetime
{
    private const string Finished = "[data-testid=chain-intact], [data-testid=chain-broken]";
    private const string Walking = "[data-testid=chain-running]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HeldQueries _queries = new();
    private readonly List<bool> _running = [];
    private DomainHost _host = null!;
    private PageContext _context = null!;
    private IRenderedComponent<ChainCheck> _page = null!;

    private AuditVerifyJob Job => _host.Get<AuditVerifyJob>();

    public async Task InitializeAsync()
    {
        _host = await _queries.StartAsync(DatabaseKind.Sqlite);
        (_context, _page) = await OpenAsync(await _host.People.AddStaffAsync(Roles.Administrator), _running.Add);
    }

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Run_PageLeftMeanwhile_GoesOnAndTheNextPageShowsIt()
    {
        var (go, reached) = _queries.HoldNext("AuditSeals");
        await RunAsync();
        await reached.WaitAsync(Patience);
        await _page.WaitForElementAsync(Walking);

        await _context.DisposeComponentsAsync();
        await using var other = await PageContext.OfStaffAsync(_host, await _host.People.AddStaffAsync(Roles.Administrator));
        var page = other.Render<ChainCheck>();
        Assert.Contains("goes on when you leave", (await page.WaitForElementAsync(Walking)).TextContent, StringComparison.Ordinal);
        go.SetResult();
        await Job.Completion.WaitAsync(Patience);

        Assert.Contains("begun by Person 1", (await page.WaitForElementAsync(Finished)).TextContent, StringComparison.Ordinal);
        Assert.Equal([true], _running);
    }

    [Fact]
    public async Task Run_Stopped_SaysSoAndCanBeBegunAgain()
    {
        var (_, reached) = _queries.HoldNext("AuditSeals");
        await RunAsync();
        await reached.WaitAsync(Patience);

        await (await _page.WaitForElementAsync("button.link")).ClickAsync();
        await _page.WaitForElementAsync("[data-testid=chain-ended]");
        Assert.Empty(_page.FindAll(Finished));
        await RunAsync();

        await _page.WaitForElementAsync(Finished);
        Assert.Equal([true, false, true, false], _running);
    }

    [Fact]
    public async Task Run_ThatFailed_SaysSoAndCanBeBegunAgain()
    {
        _queries.FailNext("AuditSeals");
        await RunAsync();
        await _page.WaitForElementAsync("[data-testid=chain-ended]");

        await RunAsync();

        await _page.WaitForElementAsync(Finished);
    }

    [Fact]
    public async Task Run_AskedForTwice_IsOneWalk()
    {
        var (go, reached) = _queries.HoldNext("AuditSeals");
        await RunAsync();
        await reached.WaitAsync(Patience);

        await RunAsync();
        go.SetResult();
        await Job.Completion.WaitAsync(Patience);

        await _page.WaitForElementAsync(Finished);
        Assert.Equal([true, false], _running);
        Assert.Single(await AuditSamples.ReadAsync(_host), entry => entry.Act == AuditAct.AuditVerified);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Result_OnThePageOfSomebodyWhoMayNoLongerReadTheTrail_IsNotShown()
    {
        var former = await _host.People.AddStaffAsync(Roles.Administrator);
        var (context, page) = await OpenAsync(former, _ => { });
        await using var _1 = context;
        await _host.People.SetRolesAsync(former, Roles.Nurse);

        await RunAsync();
        await _page.WaitForElementAsync(Finished);

        page.Render();
        Assert.Empty(page.FindAll(Finished));
        Assert.Empty(page.FindAll(Walking));
    }

    private async Task<(PageContext Context, IRenderedComponent<ChainCheck> Page)> OpenAsync(TestPerson person, Action<bool> running)
    {
        var before = await ComparedAsync();
        var context = await PageContext.OfStaffAsync(_host, person);
        var page = context.Render<ChainCheck>(check => check.Add(part => part.RunningChanged, running));

        // The page compares with the anchors by itself; what is held in the tests is the walk alone.
        await TestTime.WaitUntilAsync(async () => await ComparedAsync() > before);
        await page.InvokeAsync(() => { });
        return (context, page);
    }

    private async Task<int> ComparedAsync() =>
        (await AuditSamples.ReadAsync(_host)).Count(entry => entry.Act == AuditAct.AnchorsCompared);

    private Task RunAsync() => _page.InvokeAsync(_page.Instance.RunAsync);
}
