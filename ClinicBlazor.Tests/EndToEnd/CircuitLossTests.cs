using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The connection goes while somebody types.</summary>
[Trait("Requirement", "B-06")]
public sealed class CircuitLossTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private readonly Circuit circuit = new();

    [Fact]
    public async Task Typing_WhileTheConnectionIsLost_IsSavedWhenItIsBack()
    {
        await using var patient = await OpenAsync("alice@patient.example");
        var (page, words) = (patient.Page, patient.Page.GetByLabel("What is the problem?"));
        await words.PressSequentiallyAsync("Before.");
        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved");

        await circuit.CutAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await Assertions.Expect(words).ToBeFocusedAsync();
        await words.PressSequentiallyAsync(" Meanwhile.");
        await Circuit.MendAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeHiddenAsync(new() { Timeout = 60_000 });

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
        await circuit.CutAsync(page);
        await words.PressSequentiallyAsync(" Meanwhile.");
        await Circuit.MendAsync(page);

        await Circuit.RejectAsync(page);
        await page.WaitForFunctionAsync("() => !window.old");

        await Assertions.Expect(words).ToHaveValueAsync("Before. Meanwhile.");
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task Continue_PressedWhileTheConnectionIsLost_GoesOnOnceWhenItIsBack()
    {
        await using var patient = await OpenAsync("carol@patient.example");
        var page = patient.Page;
        await page.GetByLabel("What is the problem?").PressSequentiallyAsync("A cough.");
        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved");
        await circuit.CutAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).TapAsync();
        await Assertions.Expect(page.GetByText("What you pressed is done as soon as the connection is back.")).ToBeVisibleAsync();
        await Circuit.MendAsync(page);

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Since when?", new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Since when?");
    }

    [Fact]
    public async Task Choice_MadeAndMadeAgainBeforeTheConnectionIsLost_StandsWhenItIsBack()
    {
        await using var doctor = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await doctor.TakeSessionAsync(app.Host, "dr.baker@clinic.example");
        await circuit.WatchAsync(doctor.Page);
        await doctor.GoToAsync("/records/waiting");
        var page = doctor.Page;
        await page.Locator("tbody tr a").First.ClickAsync();
        var confirmed = page.GetByLabel("Confirmed");
        foreach (var choice in (ILocator[])[confirmed, page.GetByLabel("Provisional"), confirmed])
        {
            await choice.ClickAsync(new() { Force = true });
            await Assertions.Expect(choice).ToBeCheckedAsync();
        }

        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved");

        await circuit.CutAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await Circuit.MendAsync(page);
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeHiddenAsync(new() { Timeout = 60_000 });

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("draft-found")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Confirmed")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Heading_ThatTakesTheFocusLate_LeavesItToTheFieldThatIsTypedInto()
    {
        await using var patient = await OpenAsync("bob@patient.example");
        var (page, words) = (patient.Page, patient.Page.GetByLabel("What is the problem?"));
        await words.PressSequentiallyAsync("A cou");

        await page.Locator("h1").EvaluateAsync("heading => heading.focus()");
        await page.Keyboard.TypeAsync("gh.");

        await Assertions.Expect(words).ToHaveValueAsync("A cough.");
    }

    private async Task<ClinicUser> OpenAsync(string email)
    {
        var patient = await ClinicUser.PatientAsync(browser, app.Host, email);
        await circuit.WatchAsync(patient.Page);
        await patient.GoToAsync("/records/new");
        await patient.Page.GetByLabel("What is the problem?").FillAsync("");
        return patient;
    }
}
