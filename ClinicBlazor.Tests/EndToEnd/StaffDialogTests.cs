using System.Text.RegularExpressions;
using ClinicBlazor.Tests.Architecture;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>What opens on staff pages: dialogs, lists, calendars, forms; in every colour scheme and by keyboard.</summary>
[Trait("Requirement", "C-01")]
public sealed partial class StaffDialogTests(BrowserFixture browser, AppFixture app)
    : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Doctor = "dr.adams@clinic.example";
    private const string Reception = "reception@clinic.example";
    private const string Administrator = "admin@clinic.example";
    private const string Calendar = ".mud-picker-open";
    private const string Choices = ".mud-popover-open [role=option]";
    private const string Guard = "[data-testid=queue-row] [data-testid=payment-guard]";
    private const string Undiagnosed = "tr:has-text('No diagnosis yet') a[href^='/records/']";
    private const string ToSign = "tr:has-text('Preliminary, not signed') a[href^='/records/']";
    private const string Signed = "tr:has(:text-is('Signed')) a[href^='/records/']";
    private const string Chart = "tbody a[href^='/patients/']";

    // Who, on which page, does what with which parts of it in turn, and what opens. The visit is one that is stopped for its payment.
    private static readonly (string Who, string Page, string? Links, string[] Opener, string Opens)[] Openings =
    [
        (Doctor, "/queue", null, [Guard], Dialog("payment-guard-dialog")),
        (Doctor, "/records/waiting", ToSign, [Button("Sign record")], Dialog("sign-dialog")),
        (Doctor, "/records/waiting", ToSign, [Button("Entered in error…")], Dialog("entered-in-error")),
        (Doctor, "/records/waiting", Undiagnosed, ["[id^=diagnosis-code]: migraine"], Choices),
        (Doctor, "/records", Signed, ["#addendum: seen again", Button("Add addendum")], Dialog("amend-dialog")),
        (Reception, "/patients", null, ["body: Control+K", "#find-text: archer"], "#find-list [role=option]"),
        (Reception, "/patients/new", null, ["#birth-date: Alt+ArrowDown"], Calendar),
        (Reception, "/patients/new", null, ["#doctor: ArrowDown"], Choices),
        (Reception, "/patients", Chart, [Button("Plan a visit"), "#plan-date: Alt+ArrowDown"], Calendar),
        (Reception, "/patients", Chart, [Button("Link the patient’s own account"), "#link-document: Enter"], Choices),
        (Reception, "/queue", null, [Guard], Dialog("payment-guard-dialog")),
        (Reception, "/visits/{stopped}", null, [Button("Add charge")], Dialog("charge-dialog")),
        (Reception, "/visits/{stopped}", null, [Button("Take payment")], Dialog("payment-dialog")),
        (Reception, "/visits/{stopped}", null, [Button("Record approval")], Dialog("approval-dialog")),
        (Reception, "/visits/{stopped}", null, [Button("Waive")], Dialog("amount-dialog")),
        (Reception, "/visits/{stopped}", null, [Button("Pay in parts…")], Dialog("plan-dialog")),
        (Reception, "/visits/{stopped}", null, [Button("Cancel the visit")], Dialog("reason-dialog")),
        (Administrator, "/admin/accounts", null, [Button("Columns")], "[data-column=role]"),
        (Administrator, "/admin/accounts", null, ["#account-role: Enter"], Choices),
        (Administrator, "/admin/accounts", null, [Button("Invite")], Dialog("invite")),
        (Administrator, "/admin/accounts", null, [Row("nurse"), Button("Deactivate…")], Dialog("account-deactivate")),
        (Administrator, "/admin/accounts", null,
            [Row("nurse"), Button("Reset second factor…"), Dialog("account-reset") + " .btn-danger-fill"],
            Dialog("step-up")),
        (Administrator, "/admin/prices", null, ["[data-testid=price] " + Button("Retire")], Dialog("retire-price")),
        (Administrator, "/audit", null, ["[data-entry]"], Dialog("audit-entry")),
        (Administrator, "/audit", null, ["#audit-from: Alt+ArrowDown"], Calendar),
        (Administrator, "/security", null, [Button("Who is told")], Dialog("who-is-told")),
        (Administrator, "/security", null, [Button("Acknowledge…")], ".ackform"),
    ];

    [Fact]
    public async Task WhatOpens_InEachColourScheme_HasNoFindingAndIsLeftByEscape()
    {
        foreach (var openings in Openings.GroupBy(opening => opening.Who))
        {
            await using var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
            await user.TakeSessionAsync(app.Host, openings.Key);

            // Whoever has just signed in is asked for no proof.
            app.Host.Clock.Advance(TimeSpan.FromMinutes(6));
            var (page, at) = (user.Page, (Page: "", Links: default(string)));
            foreach (var (_, address, links, opener, opens) in openings)
            {
                if (at != (address, links))
                {
                    at = (address, links);
                    await user.FollowAsync(address.Contains('{') ? await FindStoppedVisitAsync(user) : address, links);
                }

                foreach (var step in opener)
                {
                    await TakeAsync(page, step);
                }

                await page.Locator(opens).First.WaitForAsync();
                await user.AssertAccessibleInEachSchemeAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Locator(opens)).ToHaveCountAsync(0);
            }
        }
    }

    [Fact]
    public void Dialog_OfEachComponent_IsAmongWhatOpens()
    {
        var names = PageRulesTests.Sources(".razor").SelectMany(file => OwnName().Matches(File.ReadAllText(file)))
            .Select(match => Dialog(match.Groups["name"].Value)).ToList();

        Assert.InRange(names.Count, 10, 30);
        Assert.Empty(names.Except(Openings.Select(opening => opening.Opens)));
    }

    [Fact]
    public async Task Confirmation_ThatTakesSomethingAway_HasTheWayBackFirstAndIsLeftByEscape()
    {
        await using var administrator = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await administrator.TakeSessionAsync(app.Host, Administrator);
        var page = administrator.Page;
        await administrator.GoToAsync("/admin/accounts");
        await page.Locator(Row("nurse")).ClickAsync();
        await page.Locator(".pane h2").WaitForAsync();
        var deactivate = page.GetByRole(AriaRole.Button, new() { Name = "Deactivate…" });
        await deactivate.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Deactivate", Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByTestId("account-deactivate")).ToHaveCountAsync(0);
        await Expect(deactivate).ToBeFocusedAsync();
        await Expect(page.Locator(".pane")).ToContainTextAsync("Deactivate…");
    }

    [Fact]
    public async Task Columns_LeftByEscape_GiveTheFocusBackToTheirButton()
    {
        await using var administrator = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await administrator.TakeSessionAsync(app.Host, Administrator);
        var page = administrator.Page;
        await administrator.GoToAsync("/admin/accounts");
        await page.Locator(Row("nurse")).WaitForAsync();
        var columns = page.GetByRole(AriaRole.Button, new() { Name = "Columns" });
        await columns.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-column=role]").FocusAsync();

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator("[data-column]")).ToHaveCountAsync(0);
        await Expect(columns).ToBeFocusedAsync();
    }

    private static string Dialog(string name) => $"[data-testid={name}]";

    private static string Button(string words) => $"button:has-text('{words}')";

    private static string Row(string name) => $"[data-account='{name}@clinic.example']";

    // A part of the page alone is pressed; after a colon stands the key that is pressed there, or in small
    // letters what is typed into it.
    private static async Task TakeAsync(IPage page, string step)
    {
        var part = page.Locator(step.Split(": ")[0]).First;
        switch (step.Split(": "))
        {
            case [_, var key] when char.IsUpper(key[0]):
                await part.PressAsync(key);
                break;
            case [_, var text]:
                await part.FillAsync(text);
                break;
            default:
                await part.ClickAsync();
                break;
        }
    }

    private static async Task<string> FindStoppedVisitAsync(ClinicUser user)
    {
        await user.FollowAsync("/queue");
        var row = user.Page.Locator("[data-testid=queue-row]:has([data-testid=payment-guard])").First;
        return $"/visits/{await row.GetAttributeAsync("data-visit-id")}";
    }

    [GeneratedRegex(@"<StaffDialog [^>]*data-testid=""(?<name>[a-z-]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnName();
}
