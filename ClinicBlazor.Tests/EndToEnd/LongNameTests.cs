using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>People whose names are as long as a name may be, without a place to break it: they push nothing off a page.</summary>
[Trait("Requirement", "C-01")]
public sealed class LongNameTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>,
    IAsyncLifetime
{
    // What is wider than its frame, and what lies under something else where it is pressed.
    private const string Faults = """
        () => {
          const faults = [document.documentElement, ...document.querySelectorAll('.table-wrap, .mud-table-container, .banner, .pane')]
            .filter(part => part.scrollWidth > part.clientWidth + 1)
            .map(part => `${part.tagName}.${part.className} scrolls: ${part.scrollWidth} in ${part.clientWidth}`);
          for (const button of document.querySelectorAll('main :is(button, a.btn)')) {
            button.scrollIntoView({ block: 'center', inline: 'nearest' });
            const box = button.getBoundingClientRect();
            if (box.width < 2 || !button.checkVisibility()) continue;
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            if (!button.contains(top)) faults.push(`${button.textContent.trim()} is covered by ${top?.tagName}.${top?.className}`);
          }
          return faults;
        }
        """;

    private static readonly string Long = new('W', 100);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var intruder = new Intruder(DatabaseKind.Sqlite, app.Host.Get<IOptions<ClinicSettings>>().Value);
        await intruder.ExecuteAsync("UPDATE \"Patients\" SET \"FamilyName\" = @p0", Long);
        await intruder.ExecuteAsync("UPDATE \"Accounts\" SET \"DisplayName\" = @p0", Long);
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(810, 1080)]
    public async Task Pages_OfADoctor_ScrollNotSidewaysAndCoverNoButton(int width, int height)
    {
        await using var doctor = await OpenAsync("dr.adams@clinic.example", width, height);
        await AssertFineAsync(doctor, "/patients", "tbody tr");
        await doctor.Page.Locator("tbody .who a").First.ClickAsync();
        await AssertFineAsync(doctor, path: null, "nav.tabs");
        await AssertFineAsync(doctor, "/records/waiting", "tbody tr");
        await doctor.Page.Locator("tbody .who a").First.ClickAsync();
        await AssertFineAsync(doctor, path: null, "[data-testid=record]");
        await AssertFineAsync(doctor, "/queue", "[data-testid=queue-row]");
    }

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(810, 1080)]
    public async Task Pages_OfReceptionAndAdministrator_ScrollNotSidewaysAndCoverNoButton(int width, int height)
    {
        await using var reception = await OpenAsync("reception@clinic.example", width, height);
        await AssertFineAsync(reception, "/patients", "tbody tr");
        await AssertFineAsync(reception, "/billing", "main h1");
        await using var administrator = await OpenAsync("admin@clinic.example", width, height);
        await AssertFineAsync(administrator, "/audit", "[data-entry]");
        await AssertFineAsync(administrator, "/admin/accounts", "[data-account]");
        await administrator.Page.Locator("[data-account]").First.ClickAsync();
        await AssertFineAsync(administrator, path: null, ".pane h2");
    }

    [Fact]
    public async Task Name_ThatIsCut_StandsWholeInItsTitle()
    {
        await using var doctor = await OpenAsync("dr.adams@clinic.example", 1366, 768);
        await doctor.GoToAsync("/patients");
        var name = doctor.Page.Locator("tbody .who a").First;

        Assert.EndsWith(Long, await name.GetAttributeAsync("title"), StringComparison.Ordinal);
        Assert.True(await name.EvaluateAsync<bool>("link => link.scrollWidth > link.clientWidth"));
    }

    private static async Task AssertFineAsync(ClinicUser user, string? path, string until)
    {
        if (path is not null)
        {
            await user.GoToAsync(path);
        }

        await user.Page.Locator(until).First.WaitForAsync();
        Assert.Equal([], (await user.Page.EvaluateAsync<string[]>(Faults)).Select(fault => $"{user.Page.Url}: {fault}"));
    }

    private async Task<ClinicUser> OpenAsync(string email, int width, int height)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, width, height);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }
}
