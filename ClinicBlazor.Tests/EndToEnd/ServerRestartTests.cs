using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
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
        await Assertions.Expect(alice.Page.GetByText("Reconnecting…")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await words.PressSequentiallyAsync(" And after it.");
        await alice.Page.EvaluateAsync("window.old = true");
        await server.RestartAsync();
        await alice.Page.WaitForFunctionAsync("() => !window.old", null, new() { Timeout = 60_000 });

        await Assertions.Expect(alice.Page.GetByLabel("What is the problem?")).ToHaveValueAsync(
            "Before the fall. And after it.", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Kill_WhileADoctorTypes_ThePageComesBackWithWhatWasTyped()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var doctor = await ClinicUser.OpenAsync(browser, server.Address, 1366, 768);
        await doctor.SignInAsync("dr.baker@clinic.example");
        await doctor.Page.GetByLabel("Authenticator code")
            .FillAsync(AuthenticatorCodes.At(DemoData.AuthenticatorKey, DateTimeOffset.UtcNow));
        await doctor.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await doctor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        await doctor.GoToAsync("/records/waiting");
        await doctor.Page.Locator("tbody tr a").First.ClickAsync();
        var words = doctor.Page.Locator("#diagnosis-text");
        await words.FillAsync("Before the fall.");
        await Assertions.Expect(doctor.Page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved,");

        await server.KillAsync();
        await Assertions.Expect(doctor.Page.GetByText("Keep typing, nothing is lost.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await words.PressSequentiallyAsync(" And after it.");
        await doctor.Page.EvaluateAsync("window.old = true");
        await server.RestartAsync();
        await doctor.Page.WaitForFunctionAsync("() => !window.old", null, new() { Timeout = 60_000 });

        await Assertions.Expect(words).ToHaveValueAsync("Before the fall. And after it.", new() { Timeout = 30_000 });
        await Assertions.Expect(doctor.Page.GetByTestId("written-elsewhere")).ToBeHiddenAsync();
    }
}
