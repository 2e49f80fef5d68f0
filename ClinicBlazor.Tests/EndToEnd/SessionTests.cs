using System.Collections.Concurrent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>What ends elsewhere ends in this browser too, at once and without a click.</summary>
[Trait("Requirement", "S4-03")]
public sealed class SessionTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string Alice = "alice@patient.example";

    [Fact]
    public async Task End_FromAnotherBrowser_SendsTheOpenPageToSignedOut()
    {
        await using var tablet = await PatientAsync();
        await using var phone = await PatientAsync();
        await tablet.GoToAsync("/account/sessions");
        var rows = tablet.Page.Locator("[data-session-id]");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await tablet.AssertAccessibleAsync();

        await rows.Nth(1).GetByRole(AriaRole.Button).ClickAsync();

        await phone.Page.WaitForSignedOutAsync();
        await Assertions.Expect(phone.Page.GetByText("Alice")).ToHaveCountAsync(0);
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(tablet.Page.GetByText("The session has ended.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ChangeRoles_OfSomebodyAtWork_BitesAtTheNextClick()
    {
        await using var doctor = await StaffAsync("dr.baker@clinic.example");
        var toDiagnose = doctor.Page.GetByRole(AriaRole.Link, new() { Name = "To diagnose" });
        await Assertions.Expect(toDiagnose).ToBeVisibleAsync();
        var id = await IdAsync("dr.baker@clinic.example");

        await Accounts.ChangeRolesAsync(await AdministratorAsync(), id, Roles.Reception, CancellationToken.None);
        await doctor.Page.GetByRole(AriaRole.Link, new() { Name = "Patients" }).First.ClickAsync();

        await Assertions.Expect(toDiagnose).ToHaveCountAsync(0);
        await GiveBackAsync(id, Roles.Doctor);
    }

    // The tests of this class share one clinic.
    private async Task GiveBackAsync(Guid accountId, Roles roles)
    {
        await using var db = await app.Host.OpenAsync();
        (await db.Set<Account>().AsTracking().SingleAsync(account => account.Id == accountId)).ChangeRoles(roles);
        await db.SaveChangesAsync();
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task Cookie_StolenByAnotherBrowser_OpensNothingAndEndsTheSession()
    {
        await using var alice = await PatientAsync();
        var cookies = await alice.Page.Context.CookiesAsync();
        await using var thief = await browser.Browser.NewContextAsync(new() { UserAgent = "Mozilla/5.0 (X11; Linux x86_64) Thief/1.0" });
        await thief.AddCookiesAsync(
            cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = app.Host.Address.ToString() }));
        var page = await thief.NewPageAsync();

        await page.GotoAsync(new Uri(app.Host.Address, "/records").ToString());

        await Assertions.Expect(page.GetByLabel("E-mail")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Alice")).ToHaveCountAsync(0);
        await alice.Page.WaitForSignedOutAsync();
    }

    [Fact]
    public async Task SignOut_InOneTab_LeavesTheOthersToo()
    {
        await using var alice = await PatientAsync();
        var other = await alice.Page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(app.Host.Address, "/records").ToString());
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();

        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await alice.Page.WaitForSignedOutAsync();
        await other.WaitForSignedOutAsync();
    }

    [Fact]
    public async Task SignOut_WhereTheNextPageIsLate_ReconnectsNothingAndWritesNoError()
    {
        await using var alice = await PatientAsync();
        var (lost, arrive, errors) = (new TaskCompletionSource(), new TaskCompletionSource(), new ConcurrentQueue<string>());
        alice.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Enqueue(message.Text);
            }
            else if (message.Text.Contains("Connection disconnected", StringComparison.Ordinal))
            {
                lost.TrySetResult();
            }
        };
        await alice.Page.RouteAsync("**/signed-out", async route =>
        {
            await arrive.Task;
            await route.ContinueAsync();
        });

        // The script shows its bar in the same turn in which it says that the connection is lost.
        await alice.Page.EvaluateAsync("""
            () => new MutationObserver(() => console.error("reconnecting"))
              .observe(document.getElementById("components-reconnect-modal"), { attributeFilter: ["class"] })
            """);
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).DispatchEventAsync("click");
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60));
        arrive.SetResult();
        await alice.Page.WaitForSignedOutAsync();
        Assert.Empty(errors);
    }

    [Fact]
    [Trait("Requirement", "C-05")]
    public async Task Unlink_OfTheChartThatAPageShows_TakesItOffThePageByItself()
    {
        await using var carol = await OpenAsync("carol@patient.example", 810, 1080);
        await carol.GoToAsync("/records");
        var records = carol.Page.Locator("a[href^='/records/']:not([href='/records/new'])");
        await Assertions.Expect(records).Not.ToHaveCountAsync(0);
        var id = await IdAsync("carol@patient.example");
        await using var db = await app.Host.OpenAsync();
        var patientId = (await db.Set<Account>().SingleAsync(account => account.Id == id)).PatientId!.Value;

        Assert.True((await app.Host.Get<AccountLinkService>()
            .EndAsync(await ActorAsync("reception@clinic.example"), patientId, id, CancellationToken.None)).IsSuccess);

        await Assertions.Expect(records).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Assertions.Expect(carol.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    private AccountService Accounts => app.Host.Get<AccountService>();

    private Task<Actor> AdministratorAsync() => ActorAsync("admin@clinic.example");

    private async Task<Actor> ActorAsync(string email)
    {
        var token = await app.Host.OpenSessionAsync(email, HttpVisitor.Client);
        return (await app.Host.Get<SessionService>().FindAsync(token, HttpVisitor.Client, CancellationToken.None))!.Actor;
    }

    private async Task<Guid> IdAsync(string email)
    {
        var normalized = Account.Normalize(email);
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.Id).SingleAsync();
    }

    private Task<ClinicUser> PatientAsync() => OpenAsync(Alice, 810, 1080);

    private Task<ClinicUser> StaffAsync(string email) => OpenAsync(email, 1366, 768);

    private async Task<ClinicUser> OpenAsync(string email, int width, int height)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, width, height);
        await user.TakeSessionAsync(app.Host, email);
        await user.GoToAsync("/");
        await user.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        return user;
    }
}
