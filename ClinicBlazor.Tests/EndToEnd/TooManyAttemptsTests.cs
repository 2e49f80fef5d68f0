using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>What somebody sees who has tried too often.</summary>
[Trait("Requirement", "S2-02")]
public sealed class TooManyAttemptsTests(BrowserFixture browser, TooManyAttemptsTests.LimitedApp app) : IClassFixture<BrowserFixture>,
    IClassFixture<TooManyAttemptsTests.LimitedApp>
{
    public sealed class LimitedApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } =
            new Dictionary<string, string?> { ["Clinic:RateLimits:Enabled"] = "true" };
    }

    [Theory]
    [InlineData("en-US", "Too many attempts")]
    [InlineData("es-ES", "Demasiados intentos")]
    public async Task SignIn_TriedTooOften_LeadsToACalmPage(string locale, string title)
    {
        await using var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 810, 1080, touch: true, locale);
        var heading = user.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await user.GoToAsync("/Identity/Account/Login");
            await user.Page.Locator("input[name='Input.Email']").FillAsync("alice@patient.example");
            await user.Page.Locator("input[name='Input.Password']").FillAsync("not the password");
            await user.Page.RunAndWaitForResponseAsync(
                () => user.Page.Locator("main form:has([name='Input.Password']) button[type=submit]").ClickAsync(),
                answer => answer.Request.Method == "POST");
        }

        await Assertions.Expect(heading).ToHaveTextAsync(title);
        await user.AssertAccessibleAsync();
    }
}
