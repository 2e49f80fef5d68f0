using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>Open pages come back by themselves after the server was killed and started again.</summary>
[Trait("Requirement", "C-02")]
[Trait("Requirement", "B-06")]
public sealed class ServerKilledTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly string[] Addresses = ["/", "/records", "/account"];

    [Fact]
    public async Task Kill_WithThreeTabsOpenOnEachKindOfScreen_EachComesBackByItself()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var desk = await ClinicUser.OpenAsync(browser, server.Address, 1366, 768, touch: false);
        await using var large = await ClinicUser.OpenAsync(browser, server.Address, 1024, 1366, touch: true);
        await using var tablet = await ClinicUser.OpenAsync(browser, server.Address, 810, 1080, touch: true);
        var tabs = new List<(IPage Page, string Address)>();
        foreach (var person in (ClinicUser[])[desk, large, tablet])
        {
            await person.SignInAsync("alice@patient.example");
            foreach (var address in Addresses)
            {
                tabs.Add((await OpenAsync(server, person, address), address));
            }
        }

        await server.KillAsync();
        foreach (var (page, _) in tabs)
        {
            await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        }

        await server.RestartAsync();

        foreach (var (page, address) in tabs)
        {
            await page.WaitForFunctionAsync("() => !window.old", null, new() { Timeout = 60_000 });
            await page.WaitForFunctionAsync(ReconnectBar.Gone, null, new() { Timeout = 60_000 });
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync(new() { Timeout = 30_000 });
            Assert.Equal(address, new Uri(page.Url).AbsolutePath);
        }
    }

    private static async Task<IPage> OpenAsync(ServerProcess server, ClinicUser person, string address)
    {
        var page = await person.Page.Context.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, address).ToString());
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.EvaluateAsync("window.old = true");
        return page;
    }
}
