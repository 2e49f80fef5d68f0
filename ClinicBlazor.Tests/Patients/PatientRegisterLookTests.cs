using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Patients;

/// <summary>The form of a registration waits for what was typed before, and holds nothing of anybody once it is refused.</summary>
[Trait("Requirement", "S4-01")]
public sealed class PatientRegisterLookTests : IAsyncLifetime
{
    private const string Canary = "Heliotrope";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HeldQueries _queries = new();
    private DomainHost _host = null!;
    private TestPerson _reception = null!;
    private PageContext _context = null!;

    public async Task InitializeAsync()
    {
        _host = await _queries.StartAsync(DatabaseKind.Sqlite);
        _reception = await _host.People.AddStaffAsync(Roles.Reception);
        _context = await PageContext.OfStaffAsync(_host, _reception);
    }

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Open_WhileTheDraftIsLookedFor_TakesNoWordsYetAndThenShowsThose()
    {
        await using (var before = await PageContext.OfStaffAsync(_host, _reception))
        {
            var left = before.Render<PatientRegisterPage>();
            await (await left.WaitForElementAsync("#given-name")).InputAsync(Canary);
            await before.DisposeComponentsAsync();
        }

        var (go, reached) = _queries.HoldNext("RegistrationDrafts");
        var page = _context.Render<PatientRegisterPage>();
        await reached.WaitAsync(Patience);

        Assert.Empty(page.FindAll("form, [data-testid=not-found]"));
        go.SetResult();
        Assert.Equal(Canary, (await page.WaitForElementAsync("#given-name")).GetAttribute("value"));
    }

    [Fact]
    public async Task Open_RoleTakenBeforeTheDraftIsLookedFor_ShowsNoForm()
    {
        var (go, reached) = _queries.HoldNext("Accounts");
        var page = _context.Render<PatientRegisterPage>();
        var shown = new List<string>();
        page.OnMarkupUpdated += (_, _) => shown.Add(page.Markup);
        await reached.WaitAsync(Patience);
        Assert.Empty(page.FindAll("form"));

        await _host.People.SetRolesAsync(_reception, Roles.Nurse);
        go.SetResult();
        await page.WaitForElementAsync("[data-testid=not-found]");

        Assert.DoesNotContain(shown, markup => markup.Contains("<form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Register_RoleTakenMeanwhile_ForgetsWhatWasTypedAndWhoIsAlike()
    {
        await _host.People.AddChartAsync(Canary, "Candidate");
        var page = _context.Render<PatientRegisterPage>();
        await page.WaitForElementAsync("#given-name");
        foreach (var (id, text) in ((string, string)[])[("given-name", Canary), ("family-name", "Candidate"), ("birth-date", "1980-05-17")])
        {
            await page.InvokeAsync(() => page.Find("#" + id).InputAsync(text));
        }

        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await page.WaitForElementAsync("[data-testid=duplicate-candidate]");
        Assert.NotEmpty(PlacesOfTheName());
        await _host.People.SetRolesAsync(_reception, Roles.Nurse);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        await page.WaitForElementAsync("[data-testid=not-found]");

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("form")));
        for (var i = 0; PlacesOfTheName() is { Count: > 0 } places; i++)
        {
            Assert.True(i < 6000, string.Join('\n', places));
            page.Render();
            await Task.Delay(10);
        }
    }

    private IReadOnlyList<string> PlacesOfTheName() =>
        new HeldText(Canary, _host.Get<IServiceProviderIsService>()).InPage(_context.Renderer);
}
