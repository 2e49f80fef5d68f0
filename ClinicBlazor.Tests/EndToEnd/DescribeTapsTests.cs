using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>How few taps it takes to tell the clinic of a problem, and that none of them does two things.</summary>
[Trait("Requirement", "S0-02")]
[Trait("Requirement", "B-14")]
public sealed class DescribeTapsTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    [Fact]
    public async Task Problem_WithEveryQuestionAnswered_TakesSixTapsAndTwoTexts()
    {
        await using var alice = await OpenAsync("alice@patient.example");
        var page = alice.Page;
        await alice.GoToAsync("/");
        var taps = 0;

        await TapAsync(page.GetByRole(AriaRole.Link, new() { Name = "Describe a new problem" }));
        await page.GetByLabel("What is the problem?").FillAsync("A cough that wakes me.");
        await TapAsync(Continue(page));
        await TapAsync(page.GetByText("Since yesterday"));
        await TapAsync(page.Locator(".scale label").Filter(new() { HasTextString = "7" }));
        await page.GetByLabel("What makes it better or worse?").FillAsync("Tea helps.");
        await TapAsync(Continue(page));
        await Assertions.Expect(page.Locator("#answer-Onset")).ToContainTextAsync("yesterday");
        await Assertions.Expect(page.Locator("#answer-Severity")).ToContainTextAsync("7 out of 10");
        await TapAsync(page.GetByRole(AriaRole.Button, new() { Name = "Send to the clinic" }));

        await page.GetByTestId("sent").WaitForAsync();
        Assert.Equal(6, taps);

        Task TapAsync(ILocator target)
        {
            taps++;
            return target.TapAsync();
        }
    }

    [Fact]
    public async Task Answer_TappedTwiceInARow_LeavesTheNextQuestionUnanswered()
    {
        await using var bob = await OpenAsync("bob@patient.example");
        var page = bob.Page;
        await ReachAsync(bob, "onset");
        // As long as the test needs, so that it does not hang on the speed of the machine.
        await page.EvaluateAsync("document.styleSheets[0].insertRule('.scale { animation-duration: 60s !important }', 0)");

        await page.GetByText("Since yesterday").TapAsync();
        await page.Locator(".scale").WaitForAsync();
        var numbers = (await page.Locator(".scale").BoundingBoxAsync())!;
        await page.Touchscreen.TapAsync(numbers.X + (numbers.Width / 2), numbers.Y + (numbers.Height / 2));

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("How strong is it?");
        await Assertions.Expect(page.Locator(".scale :checked")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Answers_PassedByTheArrowKeys_LeadNowhere()
    {
        await using var carol = await OpenAsync("carol@patient.example");
        var page = carol.Page;
        await ReachAsync(carol, "severity");
        await page.Locator(".scale input").First.FocusAsync();

        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");

        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasTextString = "2 out of 10." })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("How strong is it?");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("What makes it better or worse?");
    }

    private static ILocator Continue(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue" });

    /// <summary>Opens a question by its address; only who has told of a problem gets there.</summary>
    private static async Task ReachAsync(ClinicUser person, string step)
    {
        await person.GoToAsync("/records/new");
        await person.Page.Locator("#symptoms").FillAsync("A cough that wakes me.");
        await Continue(person.Page).TapAsync();
        await person.Page.Locator(".choices").WaitForAsync();
        if (step == "severity")
        {
            await Continue(person.Page).TapAsync();
            await person.Page.Locator(".scale").WaitForAsync();
        }
    }

    private async Task<ClinicUser> OpenAsync(string email)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 810, 1080, touch: true);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }
}
