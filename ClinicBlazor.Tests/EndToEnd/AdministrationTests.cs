using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The administrator's pages at a desktop: accounts and audit.</summary>
public sealed class AdministrationTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Administrator = "admin@clinic.example";

    [Theory]
    [InlineData("en-US")]
    [InlineData("es-ES")]
    [Trait("Requirement", "C-01")]
    [Trait("Requirement", "S4-11")]
    public async Task Pages_InEachLanguage_FitTheScreenAndHaveNoFinding(string locale)
    {
        await using var administrator = await OpenAsync(Administrator, locale);
        var page = administrator.Page;

        await administrator.GoToAsync("/audit");
        await page.Locator("[data-entry]").First.WaitForAsync();
        await AssertFineAsync(administrator);
        await page.Locator(".page-head button").ClickAsync();
        await page.GetByTestId("chain-intact").WaitForAsync();
        await page.GetByTestId("kept").Locator("summary").ClickAsync();
        await page.GetByTestId("fingerprint").WaitForAsync();
        await AssertFineAsync(administrator);
        await page.Locator("#audit-patient").FillAsync("no number");
        await page.Locator("#audit-patient").PressAsync("Enter");
        await page.Locator("#audit-patient-error").WaitForAsync();
        await AssertFineAsync(administrator);
        await administrator.GoToAsync("/audit?who=innes");
        await page.Locator("[data-entry]").First.ClickAsync();
        await page.GetByTestId("audit-entry").WaitForAsync();
        await AssertFineAsync(administrator);

        await administrator.GoToAsync("/audit/reviews");
        await page.GetByTestId("figures").WaitForAsync();
        await AssertFineAsync(administrator);

        await administrator.GoToAsync("/security");
        await page.GetByTestId("alerts-to-acknowledge").WaitForAsync();
        await AssertFineAsync(administrator);
        await page.Locator(".page-head button").ClickAsync();
        await page.GetByTestId("who-is-told").WaitForAsync();
        await AssertFineAsync(administrator);

        await administrator.GoToAsync("/admin/accounts?role=Nurse");
        await Row(page, "nurse@clinic.example").ClickAsync();
        await page.Locator(".pane h2").WaitForAsync();
        await AssertFineAsync(administrator);
        await page.Locator("[data-key=i]").ClickAsync();
        await page.Locator(".mud-dialog [type=submit]").ClickAsync();
        await page.Locator("#invite-name-error").WaitForAsync();
        await AssertFineAsync(administrator);
    }

    [Fact]
    [Trait("Requirement", "S2-01")]
    [Trait("Requirement", "B-02")]
    public async Task Unlock_ByKeyboardWithAnOldProof_AsksForANewOneAndGivesTheFocusBack()
    {
        const string Locked = "dr.baker@clinic.example";
        await LockAsync(Locked);
        await using var administrator = await OpenAsync(Administrator);
        var page = administrator.Page;
        app.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await administrator.GoToAsync("/admin/accounts");
        await Row(page, Administrator).WaitForAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Row(page, Administrator).FocusAsync();
        await Assertions.Expect(page.Locator("tr.is-current button")).ToHaveAttributeAsync("data-account", Administrator);
        while (await page.EvaluateAsync<string>("document.activeElement.dataset.account") != Locked)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Assertions.Expect(page.Locator(".pane h2")).ToHaveTextAsync("Dr Ben Baker");
        await page.Keyboard.PressAsync("u");
        await page.GetByLabel("Password or authenticator code").FillAsync(DemoData.Password);
        await page.Keyboard.PressAsync("Enter");

        await page.GetByText("Unlocked").WaitForAsync();
        await Assertions.Expect(Row(page, Locked)).ToBeFocusedAsync();
        await using var db = await app.Host.OpenAsync();
        Assert.Null(await db.Set<Account>().Where(account => account.Email == Locked).Select(account => account.LockoutEnd).SingleAsync());
    }

    [Fact]
    [Trait("Requirement", "S4-03")]
    public async Task Deactivate_SomebodyAtAnOpenPage_EndsThatPageAtOnce()
    {
        const string Leaver = "reception@clinic.example";
        await using var reception = await OpenAsync(Leaver);
        await reception.GoToAsync("/patients");
        await reception.Page.Locator("tbody tr").First.WaitForAsync();
        await using var administrator = await OpenAsync(Administrator);
        var page = administrator.Page;
        await administrator.GoToAsync("/admin/accounts");
        await Row(page, Leaver).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reactivate…" }).WaitForAsync();

        await reception.Page.WaitForSignedOutAsync();
        await Assertions.Expect(reception.Page.Locator("table")).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Requirement", "B-12")]
    public async Task Verify_ABrokenChain_NamesTheEntry()
    {
        const long Victim = 2;
        await using var host = await AppHost.StartAsync();
        await host.Get<AuditSealer>().SealPendingAsync(CancellationToken.None);
        var intruder = new Intruder(DatabaseKind.Sqlite, host.Get<IOptions<ClinicSettings>>().Value);
        await intruder.DropAuditTriggersAsync();
        Assert.Equal(1, await intruder.ExecuteAsync(
            "UPDATE \"AuditEntries\" SET \"Outcome\" = 'Failed' WHERE \"Id\" = (SELECT \"EntryId\" FROM \"AuditSeals\" WHERE \"Sequence\" = @p0)", Victim));
        await using var administrator = await OpenAsync(Administrator, host: host);
        await administrator.GoToAsync("/audit");

        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Verify chain" }).ClickAsync();

        await Assertions.Expect(administrator.Page.GetByTestId("chain-broken")).ToContainTextAsync($"The chain breaks at entry {Victim}");
        await AssertFineAsync(administrator);
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Audit_OpenedOnce_IsOneEntry()
    {
        await using var administrator = await OpenAsync(Administrator);
        var before = await LooksAsync();

        await administrator.GoToAsync("/audit");
        await administrator.Page.Locator("[data-entry]").First.WaitForAsync();

        Assert.Equal(before + 1, await LooksAsync());

        async Task<int> LooksAsync()
        {
            await using var db = await app.Host.OpenAsync();
            return await db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.AuditRead);
        }
    }

    [Fact]
    [Trait("Requirement", "S2-11")]
    public async Task SaveRoles_EventOfADisabledButton_DoesNothing()
    {
        await using var administrator = await OpenAsync(Administrator);
        await administrator.GoToAsync("/admin/accounts");
        await Row(administrator.Page, "nurse@clinic.example").ClickAsync();
        var save = administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Save roles" });
        await Assertions.Expect(save).ToBeDisabledAsync();

        await save.EvaluateAsync("button => { button.disabled = false; button.click(); }");
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Deactivate…" }).ClickAsync();
        await Assertions.Expect(administrator.Page.GetByTestId("account-deactivate")).ToBeVisibleAsync();

        await Assertions.Expect(administrator.Page.GetByTestId("step-up")).ToBeHiddenAsync();
        await using var db = await app.Host.OpenAsync();
        Assert.Equal(0, await db.Set<AuditEntry>()
            .CountAsync(entry => entry.Act == AuditAct.RolesChanged && entry.SessionId != null && entry.Outcome == AuditOutcome.Done));
    }

    [Fact]
    [Trait("Requirement", "S4-11")]
    public async Task Column_DrawnWiderByPointerAndByKeyboard_IsThatWide()
    {
        await using var administrator = await OpenAsync(Administrator);
        var page = administrator.Page;
        await administrator.GoToAsync("/audit?columns=subject.outcome.address.session");
        await page.Locator("[data-entry]").First.WaitForAsync();
        var head = page.Locator("th:has-text('Who')");
        var (edge, own) = ((await head.Locator(".mud-resizer").BoundingBoxAsync())!, await WidthAsync(head));

        var (x, y) = (edge.X + (edge.Width / 2), edge.Y + 5);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await head.Locator(".mud-resizing").WaitForAsync();
        await page.Mouse.MoveAsync(x + 40, y);
        await TestTime.WaitUntilAsync(async () => Math.Abs(await WidthAsync(head) - own - 40) < 3);
        await page.Mouse.UpAsync();
        await Assertions.Expect(head.Locator(".mud-resizing")).ToHaveCountAsync(0);
        Assert.InRange(await WidthAsync(head), own + 37, own + 43);

        await page.ReloadAsync();
        await page.Locator("[data-entry]").First.WaitForAsync();
        own = await WidthAsync(head);
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make Who wider" }).PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(
            new Uri(app.Host.Address, "/audit?columns=who~1.subject.outcome.address.session").ToString());
        await TestTime.WaitUntilAsync(async () => await WidthAsync(head) > own + 10);
        var wider = await WidthAsync(head);
        await page.ReloadAsync();
        await page.Locator("[data-entry]").First.WaitForAsync();
        await TestTime.WaitUntilAsync(async () => Math.Abs(await WidthAsync(head) - wider) < 3);
    }

    private static Task<double> WidthAsync(ILocator part) => part.EvaluateAsync<double>("part => part.getBoundingClientRect().width");

    private static ILocator Row(IPage page, string email) => page.Locator($"[data-account='{email}']");

    private static async Task AssertFineAsync(ClinicUser user)
    {
        Assert.True(await user.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            $"{user.Page.Url} is wider than the screen.");
        await user.AssertAccessibleAsync();
    }

    private async Task LockAsync(string email)
    {
        for (var i = 0; i < Account.FailuresUntilLock; i++)
        {
            await app.Host.Get<SignInService>()
                .PasswordAsync(Actor.Anonymous(HttpVisitor.Client), email, "not the password", CancellationToken.None);
        }
    }

    private async Task<ClinicUser> OpenAsync(string email, string locale = "en-US", AppHost? host = null)
    {
        host ??= app.Host;
        var user = await ClinicUser.OpenAsync(browser, host.Address, 1366, 768, locale: locale);
        await user.TakeSessionAsync(host, email);
        return user;
    }
}
