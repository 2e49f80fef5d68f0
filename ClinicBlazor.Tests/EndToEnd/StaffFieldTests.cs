using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The fields of staff pages that open something: lists that are searched, the palette, calendars; by keyboard.</summary>
public sealed class StaffFieldTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Doctor = "dr.adams@clinic.example";

    [Fact]
    [Trait("Requirement", "C-01")]
    public async Task Code_SearchedByKeyboard_IsTakenByEnterAndSendsNoForm()
    {
        await using var doctor = await OpenAsync(Doctor);
        var page = doctor.Page;
        var (code, options) = await OpenRecordAsync(doctor);

        await code.FocusAsync();
        await page.Keyboard.TypeAsync("classical migr");
        await Assertions.Expect(options.First).ToContainTextAsync("G43.1");
        await Assertions.Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(options.First.Locator("mark").First).ToBeVisibleAsync();
        await Assertions.Expect(options.First.Locator(".why")).ToContainTextAsync("lassical migr");
        await Assertions.Expect(page.Locator(".search-field [role=status]")).ToContainTextAsync("found");
        await doctor.AssertAccessibleAsync();

        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(code).ToHaveValueAsync("G43.1 Migraine with aura");
        await Assertions.Expect(options).ToHaveCountAsync(0);
        await Assertions.Expect(code).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("[data-testid=error-summary]")).ToHaveCountAsync(0);
        await doctor.AssertAccessibleAsync();
    }

    [Fact]
    [Trait("Requirement", "C-01")]
    public async Task Code_OnlyLikeWhatWasTyped_IsTakenOnceTheArrowHasGoneToIt()
    {
        await using var doctor = await OpenAsync(Doctor);
        var page = doctor.Page;
        var (code, options) = await OpenRecordAsync(doctor);
        await code.FocusAsync();
        await page.Keyboard.TypeAsync("viral URI");
        await Assertions.Expect(options.First).ToContainTextAsync("J06.9");
        await Assertions.Expect(page.Locator("[role=option][aria-selected=true]")).ToHaveCountAsync(0);
        await doctor.AssertAccessibleAsync();

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(code).ToHaveValueAsync("viral URI");
        await Assertions.Expect(options.First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(code).ToHaveValueAsync("J06.9 Acute upper respiratory infection, unspecified");
        await Assertions.Expect(options).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-testid=error-summary]")).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Requirement", "C-01")]
    public async Task Code_LeftByEscapeOrTab_ClosesTheListAndKeepsWhatWasTyped()
    {
        await using var doctor = await OpenAsync(Doctor);
        var page = doctor.Page;
        var (code, options) = await OpenRecordAsync(doctor);
        await code.FocusAsync();
        await page.Keyboard.TypeAsync("migraine");
        await options.First.WaitForAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(options).ToHaveCountAsync(0);
        await Assertions.Expect(code).ToHaveValueAsync("migraine");
        await Assertions.Expect(code).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await options.First.WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(options).ToHaveCountAsync(0);
        await Assertions.Expect(code).ToHaveValueAsync("migraine");

        // By heart, in small letters, and sent at once: no list opens over what is saved then.
        await code.FillAsync("g43.1");
        await options.First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(code).ToHaveValueAsync("G43.1 Migraine with aura");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-testid=error-summary]").WaitForAsync();
        await Assertions.Expect(options).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Requirement", "C-01")]
    public async Task Code_TakenWithThePointer_HasTheFocusAgain()
    {
        await using var doctor = await OpenAsync(Doctor);
        var (code, options) = await OpenRecordAsync(doctor);
        await code.ClickAsync();
        await doctor.Page.Keyboard.TypeAsync("migraine");

        await options.Nth(1).ClickAsync();

        await Assertions.Expect(options).ToHaveCountAsync(0);
        await Assertions.Expect(code).ToHaveValueAsync("G43.9 Migraine, unspecified");
        await Assertions.Expect(code).ToBeFocusedAsync();
        await code.FillAsync("");
        await Assertions.Expect(code).ToHaveValueAsync("");
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    [Trait("Requirement", "C-01")]
    public async Task Palette_OpenedByItsKeys_OpensAChartByOneEnterAndIsLeftByEscape()
    {
        await using var doctor = await OpenAsync(Doctor);
        var page = doctor.Page;
        await doctor.GoToAsync("/patients");
        await page.Locator("tbody tr").First.WaitForAsync();
        var (find, hits) = (page.Locator("#find-text"), page.Locator("#find-list [role=option]"));

        await page.Keyboard.PressAsync("Control+K");
        await Assertions.Expect(find).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("archer");
        await Assertions.Expect(hits).ToHaveCountAsync(1);
        await doctor.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(find).ToHaveCountAsync(0);
        Assert.Equal("/patients", new Uri(page.Url).PathAndQuery);

        await page.Keyboard.PressAsync("Control+K");
        await Assertions.Expect(find).ToBeFocusedAsync();
        await Assertions.Expect(find).ToHaveValueAsync("");
        await page.Keyboard.TypeAsync("archer");
        await hits.First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByTestId("patient-banner")).ToContainTextAsync("Alice Archer");
        await Assertions.Expect(find).ToHaveCountAsync(0);
        Assert.DoesNotContain("archer", page.Url, StringComparison.OrdinalIgnoreCase);
        await Assertions.Expect(page.Locator("h1").First).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("en-US", "2 Jul 2026", "2 Jul 2026")]
    [InlineData("es-ES", "2/7/2026", "2 jul 2026")]
    [Trait("Requirement", "S4-11")]
    [Trait("Requirement", "C-01")]
    public async Task AuditDay_TypedAsThePageShowsIt_IsInTheAddressAndAmbiguousOnesAreAskedAbout(string locale, string typed, string shown)
    {
        await using var administrator = await OpenAsync("admin@clinic.example", locale);
        var page = administrator.Page;
        await administrator.GoToAsync("/audit");
        await page.Locator("[data-entry]").First.WaitForAsync();

        await page.Locator("#audit-to").FillAsync("soon");
        await page.Locator("#audit-to").PressAsync("Enter");
        await page.Locator("#audit-to-error").WaitForAsync();
        await Assertions.Expect(page.Locator("#audit-to")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("#audit-to")).ToHaveAttributeAsync("aria-describedby", "audit-to-error");
        await administrator.AssertAccessibleAsync();
        await page.Locator("#audit-to").FillAsync("");
        await page.Locator("#audit-to").PressAsync("Enter");
        await page.Locator("[data-entry]").First.WaitForAsync();

        await page.Locator("#audit-from").FocusAsync();
        await page.Keyboard.TypeAsync(typed);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(Address("/audit?from=2026-07-02"));
        await Assertions.Expect(page.Locator("#audit-from")).ToHaveValueAsync(shown);

        await page.Locator("#audit-from").PressAsync("Alt+ArrowDown");
        await page.Locator(".mud-picker-open").WaitForAsync();
        await administrator.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(Address("/audit?from=2026-07-01"));
        await Assertions.Expect(page.Locator(".mud-picker-open")).ToHaveCountAsync(0);
        await page.Locator(".w-d button").First.ClickAsync();
        await page.Locator(".mud-picker-open").WaitForAsync();
        await Assertions.Expect(page.Locator("#audit-from")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".mud-picker-open")).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Register_ByKeyboard_TakesADateWithBlanksAndADoctorByName()
    {
        await using var reception = await OpenAsync("reception@clinic.example");
        var page = reception.Page;
        await reception.GoToAsync("/patients/new");
        await page.Locator("#birth-date").FocusAsync();
        await page.Keyboard.TypeAsync("2 Jul 1986");
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.TypeAsync("68");
        await Assertions.Expect(page.Locator("#birth-date")).ToHaveValueAsync("2 Jul 1968");
        await page.Keyboard.PressAsync("Enter");

        var summary = page.GetByTestId("error-summary");
        await Assertions.Expect(summary).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#birth-date-error")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".mud-picker-open")).ToHaveCountAsync(0);

        await page.Locator("#doctor").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        // Enter in a closed list sends the form, and what is refused takes the focus.
        await Assertions.Expect(summary).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#doctor")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);
        await page.Locator("#doctor").PressAsync("ArrowDown");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await reception.AssertAccessibleAsync();
        await page.Keyboard.TypeAsync("bak");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#doctor")).ToHaveValueAsync("Dr Ben Baker");
    }

    [Fact]
    [Trait("Requirement", "S4-11")]
    public async Task Role_ChosenFromTheList_IsInTheAddress()
    {
        await using var administrator = await OpenAsync("admin@clinic.example");
        var page = administrator.Page;
        await administrator.GoToAsync("/admin/accounts");
        await page.Locator("[data-account]").First.WaitForAsync();
        await page.Locator("#account-role").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Option, new() { Name = "Nurse" }).WaitForAsync();
        await administrator.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Nurse" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Address("/admin/accounts?role=Nurse"));
        await Assertions.Expect(page.Locator("#account-role")).ToHaveValueAsync("Nurse");
    }

    private static async Task<(ILocator Code, ILocator Options)> OpenRecordAsync(ClinicUser doctor)
    {
        await doctor.GoToAsync("/records/waiting");
        await doctor.Page.Locator("tbody tr").Filter(new() { HasText = "No diagnosis yet" }).Locator("a").First.ClickAsync();
        var code = doctor.Page.GetByLabel("ICD-10 code");
        await code.WaitForAsync();

        // What an earlier test typed is a draft by now, and stands there with the form.
        var draft = doctor.Page.GetByTestId("draft-found");
        if (await draft.CountAsync() > 0)
        {
            await draft.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(draft).ToHaveCountAsync(0);
        }

        await Assertions.Expect(code).ToHaveValueAsync("");
        return (code, doctor.Page.Locator(".search-list [role=option]"));
    }

    private string Address(string path) => new Uri(app.Host.Address, path).ToString();

    private async Task<ClinicUser> OpenAsync(string email, string locale = "en-US")
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768, locale: locale);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }
}
