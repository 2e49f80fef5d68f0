using System.Text.Json;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>Passkeys in a browser with an authenticator of its own, as their owners meet them.</summary>
[Trait("Requirement", "B-01")]
public sealed class PasskeyTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string List = "/Identity/Account/Manage/Passkeys";
    private const string Login = "/Identity/Account/Login";

    // An IP address is no RP id.
    private Uri Site => new UriBuilder(app.Host.Address) { Host = "localhost" }.Uri;

    [Fact]
    public async Task Passkey_Added_SignsInUntilItIsRemoved()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        await using var nurse = await OpenAsync();
        await nurse.SignInAsync(app.Host, email);
        var page = nurse.Page;
        await AddAuthenticatorAsync(page);

        await nurse.GoToAsync("/account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look after them" }).ClickAsync();
        await page.GetByText("You have none yet.").WaitForAsync();
        await AddAsync(page, "Front desk");
        await Assertions.Expect(page.Locator("[data-passkey-row]")).ToContainTextAsync("Front desk");
        await nurse.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This device has a passkey of yours already.");
        Assert.Contains("passkey was added", Assert.Single(await app.Host.ReadMailAsync(email)), StringComparison.Ordinal);

        await SignOutAsync(nurse);
        await nurse.GoToAsync($"{Login}?returnUrl={Uri.EscapeDataString(List)}");
        await SignInAsync(page);
        await Assertions.Expect(page.Locator("[data-passkey-row]")).ToContainTextAsync("last used");

        await page.Locator("[data-passkey-row] a").ClickAsync();
        await nurse.AssertAccessibleAsync();
        await page.GetByLabel("Name").FillAsync("Laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the name" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-passkey-row]")).ToContainTextAsync("Laptop");
        await page.Locator("[data-passkey-row] a").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await page.GetByText("You have none yet.").WaitForAsync();

        await SignOutAsync(nurse);
        await nurse.GoToAsync(Login);
        await SignInAsync(page);
        await Assertions.Expect(page.GetByTestId("error-summary")).ToContainTextAsync("This passkey does not open an account");
        await nurse.AssertAccessibleAsync();
    }

    [Fact]
    public async Task SignIn_WithoutPinOrFinger_SaysWhatElseThereIs()
    {
        await using var nurse = await OpenAsync();
        await nurse.SignInAsync(app.Host, await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true));
        var (device, id) = await AddAuthenticatorAsync(nurse.Page);
        await nurse.GoToAsync(List);
        await AddAsync(nurse.Page, "Front desk");
        await SignOutAsync(nurse);
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = false });

        await nurse.GoToAsync(Login);
        await SignInAsync(nurse.Page);

        await Assertions.Expect(nurse.Page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("You cancelled, it took too long, or this device has no passkey");
        await Assertions.Expect(nurse.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" })).ToBeEnabledAsync();
        await nurse.AssertAccessibleAsync();
        await nurse.GoToAsync("/account");
        Assert.Contains(Login, nurse.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task Add_WithAProofThatHasGrownOld_LeadsToANewOneAndBack()
    {
        await using var nurse = await OpenAsync("es-ES");
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        await nurse.TakeSessionAsync(app.Host, email);
        await AddAuthenticatorAsync(nurse.Page);
        await nurse.GoToAsync(List);
        app.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));

        await nurse.Page.Locator("form[data-passkey] button").ClickAsync();
        await nurse.Page.Locator("#Input_Proof").FillAsync(await app.Host.NewCodeAsync(email));
        await nurse.AssertAccessibleAsync();
        await nurse.Page.Keyboard.PressAsync("Enter");
        await AddAsync(nurse.Page, "Recepción");

        await Assertions.Expect(nurse.Page.Locator("[data-passkey-row]")).ToContainTextAsync("Recepción");
        await nurse.AssertAccessibleAsync();
    }

    private static async Task<(ICDPSession Device, string Id)> AddAuthenticatorAsync(IPage page)
    {
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var added = await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new
            {
                protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true,
                isUserVerified = true
            },
        });
        return (device, ((JsonElement)added!).GetProperty("authenticatorId").GetString()!);
    }

    private static async Task AddAsync(IPage page, string name)
    {
        await page.Locator("#Input_Name").FillAsync(name);
        await page.Locator("form[data-passkey] button").ClickAsync();
        await page.GetByRole(AriaRole.Status).WaitForAsync();
    }

    private static Task SignInAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

    private static async Task SignOutAsync(ClinicUser user)
    {
        await user.GoToAsync("/Identity/Account/Logout");
        await user.Page.Locator("main form button").ClickAsync();
        await user.Page.GetByText("You are signed out").WaitForAsync();
    }

    private Task<ClinicUser> OpenAsync(string locale = "en-US") => ClinicUser.OpenAsync(browser, Site, 1366, 768, locale: locale);
}
