using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The frame and the dialogs of staff pages, in every colour scheme and by keyboard.</summary>
[Trait("Requirement", "C-01")]
public sealed class StaffDialogTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    [Theory]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Dialogs_InEachColourScheme_HaveNoFinding(ColorScheme scheme, ForcedColors forced)
    {
        await using var administrator = await OpenAsync();
        var page = administrator.Page;
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, ForcedColors = forced });
        await ChooseAsync(administrator);
        await administrator.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-column=role]").WaitForAsync();
        await administrator.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("[data-column]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Columns" })).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate…" }).ClickAsync();
        await page.GetByTestId("account-deactivate").WaitForAsync();
        await administrator.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("account-deactivate").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await page.GetByTestId("invite").WaitForAsync();
        await administrator.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Confirmation_ThatTakesSomethingAway_HasTheWayBackFirstAndIsLeftByEscape()
    {
        await using var administrator = await OpenAsync();
        var page = administrator.Page;
        await ChooseAsync(administrator);
        var deactivate = page.GetByRole(AriaRole.Button, new() { Name = "Deactivate…" });
        await deactivate.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Deactivate", Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.GetByTestId("account-deactivate")).ToHaveCountAsync(0);
        await Assertions.Expect(deactivate).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".pane")).ToContainTextAsync("Deactivate…");
    }

    private static async Task ChooseAsync(ClinicUser user)
    {
        await user.GoToAsync("/admin/accounts");
        await user.Page.Locator("[data-account='nurse@clinic.example']").ClickAsync();
        await user.Page.Locator(".pane h2").WaitForAsync();
    }

    private async Task<ClinicUser> OpenAsync()
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await user.TakeSessionAsync(app.Host, "admin@clinic.example");
        return user;
    }
}
