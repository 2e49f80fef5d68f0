using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The server dies while somebody types, and comes back.</summary>
[Trait("Requirement", "B-06")]
public sealed class ServerRestartTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Kill_WhileSomebodyTypes_ThePageComesBackWithWhatWasTyped()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var alice = await ClinicUser.OpenAsync(browser, server.Address, 810, 1080, touch: true);
        await alice.SignInAsync("alice@patient.example");
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "Describe a new problem" }).ClickAsync();
        var words = alice.Page.GetByLabel("What is the problem?");
        await words.FillAsync("Before the fall.");
        await Assertions.Expect(alice.Page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved,");

        await server.KillAsync();
        await Assertions.Expect(alice.Page.GetByText("Reconnecting…")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await words.PressSequentiallyAsync(" And after it.");
        await alice.Page.EvaluateAsync("window.old = true");
        await server.RestartAsync();
        await alice.Page.WaitForFunctionAsync("() => !window.old", null, new() { Timeout = 60_000 });

        await Assertions.Expect(alice.Page.GetByLabel("What is the problem?")).ToHaveValueAsync(
            "Before the fall. And after it.", new() { Timeout = 30_000 });
    }
}
