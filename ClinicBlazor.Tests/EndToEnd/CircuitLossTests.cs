using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The connection goes while somebody types.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "B-06")]
public sealed class CircuitLossTests(BrowserFixture browser, AppFixture app) : IClassFixture<AppFixture>
{
    private const string Circuit = "**/_blazor**";

    private readonly List<IWebSocketRoute> sockets = [];

    [Fact]
    public async Task Typing_WhileTheConnectionIsLost_IsSavedWhenItIsBack()
    {
        await using var patient = await OpenAsync("alice@patient.example");
        var (page, words) = (patient.Page, patient.Page.GetByLabel("What is the problem?"));
        await words.PressSequentiallyAsync("Before.");
        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved");

        await CutAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await Assertions.Expect(words).ToBeFocusedAsync();
        await words.PressSequentiallyAsync(" Meanwhile.");
        await MendAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeHiddenAsync(new() { Timeout = 20_000 });

        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved,");
        await Assertions.Expect(words).ToHaveValueAsync("Before. Meanwhile.");
        await page.ReloadAsync();
        await Assertions.Expect(words).ToHaveValueAsync("Before. Meanwhile.");
    }

    [Fact]
    public async Task Typing_WhenTheCircuitDoesNotComeBack_IsInTheDraftOfTheNextOne()
    {
        await using var patient = await OpenAsync("bob@patient.example");
        var (page, words) = (patient.Page, patient.Page.GetByLabel("What is the problem?"));
        await words.PressSequentiallyAsync("Before.");
        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved");
        await CutAsync(page);
        await words.PressSequentiallyAsync(" Meanwhile.");
        await MendAsync(page);

        // What the client script does when the server no longer knows the circuit.
        await page.EvaluateAsync("window.old = true; document.getElementById('components-reconnect-modal').className = 'recon components-reconnect-rejected'");
        await page.WaitForFunctionAsync("() => !window.old");

        await Assertions.Expect(words).ToHaveValueAsync("Before. Meanwhile.");
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));
    }

    private async Task<ClinicUser> OpenAsync(string email)
    {
        var patient = await ClinicUser.PatientAsync(browser, app.Host, email);
        await patient.Page.RouteWebSocketAsync(Circuit, route =>
        {
            sockets.Add(route);
            route.ConnectToServer();
        });
        await patient.GoToAsync("/records/new");
        await patient.Page.GetByLabel("What is the problem?").FillAsync("");
        return patient;
    }

    private async Task CutAsync(IPage page)
    {
        await page.RouteAsync(Circuit, route => route.AbortAsync());
        await sockets[^1].CloseAsync();
    }

    private static Task MendAsync(IPage page) => page.UnrouteAsync(Circuit);
}
