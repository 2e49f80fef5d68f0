using System.Text.RegularExpressions;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>
/// Pages in a browser that translates them: it takes each text out of the page and puts elements of its own there, while the page goes
/// on changing. Nothing old stays, and nothing breaks.
/// </summary>
[Trait("Requirement", "C-01")]
public sealed class TranslatedPagesTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    // As Chrome does it, but that a text between marks stands for the other language.
    private const string Translator = """
        (() => {
          const kept = 'script, style, textarea, select, title, svg, font, [translate=no]';
          const translate = root => {
            const texts = root.nodeType === Node.TEXT_NODE ? [root] : [];
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              texts.push(walker.currentNode);
            }
            for (const text of texts.filter(one => one.data.trim() && one.parentElement && !one.parentElement.closest(kept))) {
              const outer = document.createElement('font');
              outer.appendChild(document.createElement('font')).textContent = `«${text.data}»`;
              text.replaceWith(outer);
            }
          };
          addEventListener('DOMContentLoaded', () => {
            translate(document.body);
            new MutationObserver(changes => changes.forEach(change =>
              change.type === 'characterData' ? translate(change.target) : change.addedNodes.forEach(translate)))
              .observe(document.body, { subtree: true, childList: true, characterData: true });
          });
        })();
        """;

    [Fact]
    public async Task Description_OnATranslatedPage_IsSentAsItWasAnswered()
    {
        await using var bob = await ClinicUser.PatientAsync(browser, app.Host, "bob@patient.example");
        var errors = await TranslateAsync(bob);
        var page = bob.Page;
        await bob.GoToAsync("/records/new");
        await page.Locator("textarea").FillAsync("My ankle hurts.");
        await page.Locator("button", new() { HasText = "Continue" }).ClickAsync();
        await page.Locator("label.choice").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Step("severity"));
        await page.Locator("label", new() { HasText = "7" }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Step("modifyingfactors"));
        await page.Locator("button", new() { HasText = "Continue" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("7 out of 10");

        await page.GotoAsync(new Uri(app.Host.Address, "/records/new?step=severity&change=true").ToString());
        await page.Locator("label", new() { HasText = "2" }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Step("review"));

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("«2 out of 10»");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("7 out of 10");
        await page.Locator("button", new() { HasText = "Send to the clinic" }).ClickAsync();
        await page.GetByTestId("sent").WaitForAsync();
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Board_OnATranslatedPage_MovesItsRowsAndItsNumbers()
    {
        await using var nurse = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await nurse.TakeSessionAsync(app.Host, "nurse@clinic.example");
        var errors = await TranslateAsync(nurse);
        await nurse.GoToAsync("/queue");
        var triaged = nurse.Page.Locator("[data-state=triaged]");
        await nurse.Page.GetByTestId("queue-sums").WaitForAsync();
        var before = await triaged.CountAsync();

        for (var more = 1; more <= 2; more++)
        {
            await nurse.Page.Locator("[data-state=arrived] button", new() { HasText = "Start triage" }).First.ClickAsync();
            await Assertions.Expect(triaged).ToHaveCountAsync(before + more);
        }

        Assert.Empty(errors);
    }

    private static Regex Step(string name) => new($"step={name}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task<List<string>> TranslateAsync(ClinicUser user)
    {
        var errors = new List<string>();
        user.Page.PageError += (_, error) => errors.Add(error);
        user.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        await user.Page.AddInitScriptAsync(Translator);
        return errors;
    }
}
