using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>A patient's way through the questions.</summary>
internal static class Describing
{
    /// <summary>Describes a problem, question by question, and sends it; answers with the record's address.</summary>
    /// <param name="patient">Who describes it, on their home page.</param>
    /// <param name="words">What the problem is.</param>
    /// <param name="atEach">Looks at each screen on the way; null to go on.</param>
    public static async Task<string> SendProblemAsync(this ClinicUser patient, string words, Func<Task>? atEach = null)
    {
        var page = patient.Page;
        var look = atEach ?? (() => Task.CompletedTask);
        await look();
        await page.GetByRole(AriaRole.Link, new() { Name = "Describe a new problem" }).ClickAsync();
        await page.GetByLabel("What is the problem?").FillAsync(words);
        await Assertions.Expect(page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved");
        await look();
        var send = page.GetByRole(AriaRole.Button, new() { Name = "Send to the clinic" });
        for (var screen = 0; screen < 6 && !await send.IsVisibleAsync(); screen++)
        {
            var title = await page.Locator("h1").InnerTextAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
            await Assertions.Expect(page.Locator("h1")).Not.ToHaveTextAsync(title);
            await look();
        }

        await send.ClickAsync();
        await Assertions.Expect(send).ToBeHiddenAsync();
        await patient.GoToAsync("/records");
        await look();
        var begins = words.Split(' ')[1];
        await page.GetByText(begins).First.WaitForAsync();
        await page.Locator("main a[href*='/records/']", new() { HasText = begins }).First.ClickAsync();
        await page.GetByTestId("record").WaitForAsync();
        return new Uri(page.Url).AbsolutePath;
    }
}
