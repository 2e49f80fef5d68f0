using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>
/// The way through every page of the staff in the demo clinic, each person in one circuit. A page that is missing here fails the
/// test that goes the way.
/// </summary>
internal static class StaffTour
{
    private const string Doctor = "dr.adams@clinic.example";
    private const string Reception = "reception@clinic.example";
    private const string Administrator = "admin@clinic.example";
    private const string Chart = "tbody a[href^='/patients/']";
    private const string Record = "tbody a[href^='/records/']";
    private const string Visit = "tbody a[href^='/visits/']";

    // A signed record, one that waits, a chart and a visit are found on the lists, as their readers find them. The pages that are
    // drawn without a circuit come last.
    private static readonly (string Who, string Address, string? Links)[] Pages =
    [
        (Doctor, "/queue", null),
        (Doctor, "/patients", null),
        (Doctor, "/patients", Chart),
        (Doctor, "/patients", $"{Chart} >> nav.tabs a[href$='/records']"),
        (Doctor, "/patients", $"{Chart} >> nav.tabs a[href$='/documents']"),
        (Doctor, "/patients", $"{Chart} >> nav.tabs a[href$='/visits']"),
        (Doctor, "/patients", $"{Chart} >> a[href$='/records/new']"),
        (Doctor, "/records/waiting", null),
        (Doctor, "/records/waiting", Record),
        (Doctor, "/records", null),
        (Doctor, "/records", "tr:is(:has(:text-is('Signed')), :has(:text-is('Firmado'))) a[href^='/records/']"),
        (Doctor, "/my/documents", null),
        (Doctor, "/account", null),
        (Doctor, "/account/sessions", null),
        (Doctor, "/no/such/page", null),
        (Doctor, "/Identity/Account/Manage/Passkeys", null),
        (Doctor, "/Identity/Account/Manage/ChangePassword", null),
        (Reception, "/queue", null),
        (Reception, "/billing", null),
        (Reception, "/billing", Visit),
        (Reception, "/billing", $"{Visit} >> a[href$='/receipt']"),
        (Reception, "/patients/new", null),
        (Reception, "/patients", Chart),
        (Administrator, "/admin/accounts", null),
        (Administrator, "/admin/prices", null),
        (Administrator, "/audit", null),
        (Administrator, "/audit/reviews", null),
        (Administrator, "/security", null),
    ];

    /// <summary>Goes the whole way, and does something at each page.</summary>
    public static async Task GoAsync(BrowserFixture browser, AppHost app, Func<ClinicUser, Task> look, string locale = "en-US",
        bool touch = false)
    {
        var routes = StaffPages.All.SelectMany(StaffPages.RoutesOf).ToHashSet();
        foreach (var pages in Pages.GroupBy(page => page.Who))
        {
            await using var user = await ClinicUser.OpenAsync(browser, app.Address, 1366, 768, touch, locale);
            await user.TakeSessionAsync(app, pages.Key);
            foreach (var (_, address, links) in pages)
            {
                await user.FollowAsync(address, links);
                routes.RemoveWhere(route => IsAt(route, new Uri(user.Page.Url).AbsolutePath));
                await look(user);
            }
        }

        Assert.Empty(routes);
    }

    /// <summary>Goes to a page, in the circuit that is open, and on by links; it is there with all that it loads.</summary>
    public static async Task FollowAsync(this ClinicUser user, string address, string? links = null)
    {
        var page = user.Page;
        if (!await page.EvaluateAsync<bool>("'Blazor' in window") || address.StartsWith("/Identity/", StringComparison.Ordinal))
        {
            await user.GoToAsync(address);
            await ArriveAsync(page);
        }
        else if (new Uri(page.Url).PathAndQuery != address)
        {
            await LeaveAsync(page, () => page.EvaluateAsync("address => Blazor.navigateTo(address)", address));
        }

        foreach (var link in links?.Split(" >> ") ?? [])
        {
            await LeaveAsync(page, () => page.Locator(link).First.ClickAsync());
        }
    }

    // The address changes before the page does: what stood there is known by its headings.
    private static async Task LeaveAsync(IPage page, Func<Task> go)
    {
        await page.EvaluateAsync("for (const heading of document.querySelectorAll('h1')) { heading.dataset.left = ''; }");
        await go();
        await ArriveAsync(page);
    }

    private static async Task ArriveAsync(IPage page)
    {
        await page.Locator("h1:not([data-left])").First.WaitForAsync();
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }

    private static bool IsAt(string route, string path)
    {
        var (parts, given) = (route.Split('/'), path.Split('/'));
        return parts.Length == given.Length && parts.Zip(given).All(pair => pair.First.StartsWith('{')
            ? Guid.TryParse(pair.Second, out _) : pair.First == pair.Second);
    }
}
