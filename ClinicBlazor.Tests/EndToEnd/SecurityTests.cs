using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>An alert from what raises it to the note of whoever has looked, on a page that is never loaded again.</summary>
public sealed class SecurityTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    [Fact]
    [Trait("Requirement", "S4-10")]
    [Trait("Requirement", "S4-11")]
    [Trait("Requirement", "C-01")]
    public async Task FailedSignIns_OfSomebody_ShowOnAnOpenPageAndAreAcknowledgedByKeyboard()
    {
        await using var administrator = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await administrator.TakeSessionAsync(app.Host, "admin@clinic.example");
        var page = administrator.Page;
        await administrator.GoToAsync("/security");
        await page.GetByTestId("alerts-to-acknowledge").WaitForAsync();
        await page.EvaluateAsync("window.sameDocument = true");

        for (var i = 0; i < Account.FailuresUntilLock; i++)
        {
            var somebody = Actor.Anonymous(HttpVisitor.Client with { Address = "203.0.113.48" });
            await app.Host.Get<SignInService>().PasswordAsync(somebody, "nurse@clinic.example", "not the password", default);
        }

        var alert = page.GetByTestId("alert").Filter(new() { HasText = "failed sign-ins for Nora Nash, from 203.0.113.48" });
        await alert.WaitForAsync();
        await Assertions.Expect(page.GetByTestId("open-alerts")).ToHaveTextAsync("4 alerts to acknowledge");
        var acknowledge = alert.GetByRole(AriaRole.Button, new() { Name = "Acknowledge…", Exact = true });
        await acknowledge.PressAsync("Enter");
        var note = page.GetByLabel("What you found (kept in the audit)");
        await Assertions.Expect(note).ToBeFocusedAsync();
        await administrator.AssertAccessibleAsync();
        await note.PressAsync("Escape");
        await Assertions.Expect(acknowledge).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(note).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Phoned her: it was not Nora.");
        await Assertions.Expect(note).ToHaveValueAsync("Phoned her: it was not Nora.");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(alert).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("alert").First.GetByRole(AriaRole.Button)).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByTestId("open-alerts")).ToHaveTextAsync("3 alerts to acknowledge");
        await page.Locator("[data-state=acknowledged]").CheckAsync();
        await Assertions.Expect(page.GetByTestId("found").First).ToContainTextAsync("Phoned her: it was not Nora.");
        await administrator.AssertAccessibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument"));
    }
}
