using System.Collections.Concurrent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>MudBlazor is the staff's alone, and lives under the content security policy.</summary>
[Trait("Requirement", "S3-02")]
public sealed class StaffLibraryTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private static readonly string[] Anonymous =
        ["/Identity/Account/Login", "/Identity/Account/Register", "/Identity/Account/ForgotPassword",
            "/Identity/Account/ResetPassword?code=none", "/signed-out", "/not-found", "/no/such/page"];

    private static readonly string[] OfPatients = ["/", "/records", "/records/new", "/my/documents", "/account", "/account/sessions",
        "/account/access-history", "/patients"];

    private static readonly string[] OfIdentity =
        ["/Identity/Account/Manage/ChangePassword", "/Identity/Account/Manage/TwoFactorAuthentication",
            "/Identity/Account/Manage/Passkeys"];

    [Theory]
    [InlineData(null)]
    [InlineData("alice@patient.example")]
    [InlineData("dr.adams@clinic.example")]
    public async Task Page_OfPatientsOrOfIdentity_LoadsNothingOfIt(string? email)
    {
        await using var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 810, 1080);
        if (email is not null)
        {
            await user.TakeSessionAsync(app.Host, email);
        }

        var requests = Listen(user);
        var isStaff = email?.EndsWith("@clinic.example", StringComparison.Ordinal) == true;
        foreach (var path in email is null ? Anonymous : isStaff ? OfIdentity : [.. OfPatients, .. OfIdentity])
        {
            requests.Clear();
            await user.GoToAsync(path);
            await AssertWithoutItAsync(user, requests);
        }
    }

    [Theory]
    [InlineData(true, "input[autocomplete=one-time-code]")]
    [InlineData(false, "svg.qr")]
    public async Task Page_OfASecondStep_LoadsNothingOfIt(bool enrolled, string shown)
    {
        await using var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        var requests = Listen(user);

        await user.SignInAsync(await app.Host.AddPersonAsync(Roles.Nurse, enrolled));

        await user.Page.Locator(shown).WaitForAsync();
        await AssertWithoutItAsync(user, requests);
    }

    private static ConcurrentQueue<string> Listen(ClinicUser user)
    {
        var requests = new ConcurrentQueue<string>();
        user.Page.Request += (_, request) => requests.Enqueue(request.Url);
        return requests;
    }

    private static async Task AssertWithoutItAsync(ClinicUser user, IReadOnlyCollection<string> requests)
    {
        await user.Page.Locator("h1").First.WaitForAsync();
        Assert.NotEmpty(requests);
        Assert.DoesNotContain(requests,
            url => url.Contains("MudBlazor", StringComparison.OrdinalIgnoreCase) || url.Contains("/staff/", StringComparison.Ordinal));
        Assert.DoesNotContain("class=\"mud-", await user.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.False(await user.Page.EvaluateAsync<bool>("'mudPopover' in window"), user.Page.Url);
    }

    [Fact]
    public async Task StyleElement_OnAStaffPage_IsRefusedAndSeen()
    {
        await using var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await user.TakeSessionAsync(app.Host, "dr.adams@clinic.example");
        await user.GoToAsync("/patients");
        await user.Page.Locator("tbody tr").First.WaitForAsync();
        Assert.Empty(user.TakeViolations());

        await user.Page.EvaluateAsync("document.querySelector('h1').setAttribute('style', 'color: rgb(1, 2, 3)')");
        await Assertions.Expect(user.Page.Locator("h1")).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
        Assert.Empty(user.TakeViolations());
        await user.Page.EvaluateAsync(
            "document.head.append(Object.assign(document.createElement('style'), { textContent: 'h1 { color: rgb(4, 5, 6) }' }))");

        await Assertions.Expect(user.Page.Locator("h1")).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
        Assert.NotEmpty(await user.WaitForViolationsAsync());
    }

    [Fact]
    public async Task StyleAttribute_OnAPatientsPage_IsRefused()
    {
        await using var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 810, 1080);
        await user.TakeSessionAsync(app.Host, "alice@patient.example");
        await user.GoToAsync("/");
        await user.Page.Locator("h1").WaitForAsync();

        await user.Page.EvaluateAsync("document.querySelector('h1').setAttribute('style', 'color: rgb(1, 2, 3)')");

        await Assertions.Expect(user.Page.Locator("h1")).Not.ToHaveCSSAsync("color", "rgb(1, 2, 3)");
        Assert.NotEmpty(await user.WaitForViolationsAsync());
    }
}
