using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The bar that says "Reconnecting…" goes by itself, whatever came between the page and the server.</summary>
[Trait("Requirement", "C-02")]
[Trait("Requirement", "B-06")]
public sealed class ReconnectTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private static readonly TimeSpan Asleep = TimeSpan.FromMinutes(20);

    [Fact]
    public async Task Network_AwayForTwentyMinutes_LeadsToTheSignedOutPageWhenTheSessionHasEnded()
    {
        await using var alice = await OpenAsync("alice@patient.example");

        await SleepAsync(alice.Page);
        app.Host.Clock.Advance(Asleep);
        await WakeAsync(alice.Page);

        await alice.Page.WaitForSignedOutAsync(60);
    }

    [Fact]
    public async Task Network_AwayForTwentyMinutes_ComesBackWhereTheSessionLives()
    {
        await using var bob = await OpenAsync("bob@patient.example");
        await SleepAsync(bob.Page);
        await app.Host.WorkOnAsync("bob@patient.example", Asleep);
        await WakeAsync(bob.Page);

        await WorksAgainAsync(bob);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("rejected")]
    [InlineData("paused")]
    [InlineData("resume-failed")]
    public async Task State_ThatTheScriptCanReach_EndsByItself(string state)
    {
        await using var carol = await OpenAsync("carol@patient.example");
        await CutAsync(carol.Page);

        await carol.Page.EvaluateAsync(
            $"document.getElementById('components-reconnect-modal').className = 'recon components-reconnect-{state}'");
        await carol.Page.Context.SetOfflineAsync(false);

        await WorksAgainAsync(carol);
    }

    private readonly List<IWebSocketRoute> sockets = [];

    private async Task<ClinicUser> OpenAsync(string email)
    {
        var patient = await ClinicUser.PatientAsync(browser, app.Host, email);
        await patient.Page.Clock.InstallAsync();
        await patient.Page.RouteWebSocketAsync("**/_blazor**", route =>
        {
            sockets.Add(route);
            route.ConnectToServer();
        });
        await patient.GoToAsync("/records");
        await Assertions.Expect(patient.Page.Locator("h1")).ToBeVisibleAsync();
        return patient;
    }

    private async Task CutAsync(IPage page)
    {
        await page.Context.SetOfflineAsync(true);
        await sockets[^1].CloseAsync();
    }

    /// <summary>The network goes, and the tablet with it.</summary>
    private async Task SleepAsync(IPage page)
    {
        await CutAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        for (var slept = TimeSpan.Zero; slept < Asleep; slept += TimeSpan.FromSeconds(30))
        {
            await page.Clock.RunForAsync(30_000);
        }
    }

    /// <summary>The circuit has come back or the page was opened again; which of the two, the person need not know.</summary>
    private async Task WorksAgainAsync(ClinicUser user)
    {
        await user.Page.WaitForFunctionAsync(ReconnectBar.Gone, null, new() { Timeout = 60_000 });
        await user.Page.Locator("a.brand").ClickAsync();
        await Assertions.Expect(user.Page).ToHaveURLAsync(new Uri(app.Host.Address, "/").ToString(), new() { Timeout = 60_000 });
        await Assertions.Expect(user.Page.Locator("h1")).ToBeVisibleAsync();
    }

    private static Task WakeAsync(IPage page) => page.Context.SetOfflineAsync(false);
}
