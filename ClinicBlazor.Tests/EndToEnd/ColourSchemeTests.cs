using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>Every page of the staff, in every colour scheme that a browser may ask for.</summary>
[Trait("Requirement", "C-01")]
public sealed class ColourSchemeTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Doctor = "dr.adams@clinic.example";
    private const string Reception = "reception@clinic.example";
    private const string Administrator = "admin@clinic.example";

    // A signed record, one that waits, and a chart: found on the lists, as its reader finds it.
    private static readonly (string Who, string Address, string? Link)[] Pages =
    [
        (Doctor, "/patients", null),
        (Doctor, "/patients", "tbody a[href^='/patients/']"),
        (Doctor, "/patients", "tbody a[href^='/patients/'] >> nav.tabs a[href$='/records']"),
        (Doctor, "/patients", "tbody a[href^='/patients/'] >> nav.tabs a[href$='/documents']"),
        (Doctor, "/patients", "tbody a[href^='/patients/'] >> a[href$='/records/new']"),
        (Doctor, "/records/waiting", null),
        (Doctor, "/records/waiting", "tbody a[href^='/records/']"),
        (Doctor, "/records", null),
        (Doctor, "/records", "tbody tr:has-text('Signed') a[href^='/records/']"),
        (Doctor, "/account", null),
        (Doctor, "/account/sessions", null),
        (Doctor, "/Identity/Account/Manage/Passkeys", null),
        (Doctor, "/Identity/Account/Manage/ChangePassword", null),
        (Doctor, "/no/such/page", null),
        (Reception, "/patients/new", null),
        (Reception, "/patients", "tbody a[href^='/patients/']"),
        (Administrator, "/admin/accounts", null),
        (Administrator, "/audit", null),
        (Administrator, "/security", null),
    ];

    [Fact]
    public async Task PagesOfStaff_InDarkAndInForcedColours_HaveNoFinding()
    {
        foreach (var pages in Pages.GroupBy(page => page.Who))
        {
            await using var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
            await user.TakeSessionAsync(app.Host, pages.Key);
            foreach (var (_, address, link) in pages)
            {
                await user.GoToAsync(address);
                foreach (var step in link?.Split(" >> ") ?? [])
                {
                    var before = user.Page.Url;
                    await user.Page.Locator(step).First.ClickAsync();
                    await Assertions.Expect(user.Page).Not.ToHaveURLAsync(before);
                }

                await user.Page.Locator("h1").First.WaitForAsync();
                await Assertions.Expect(user.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
                foreach (var forced in (ForcedColors[])[ForcedColors.None, ForcedColors.Active])
                {
                    await user.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ForcedColors = forced });
                    await user.AssertAccessibleAsync();
                }
            }
        }
    }
}
