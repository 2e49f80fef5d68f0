using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>A clinic whose sessions end after seconds instead of minutes.</summary>
public sealed class ImpatientClinic : AppFixture
{
    public const int Limit = 20;

    public const int Warning = 11;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Clinic:Idle:StaffSeconds"] = $"{Limit}",
        ["Clinic:Idle:PatientSeconds"] = $"{Limit}",
        ["Clinic:Idle:WarningSeconds"] = $"{Warning}",
    };
}

/// <summary>Nobody does anything for a while.</summary>
[Trait("Requirement", "C-04")]
public sealed class IdleLogoutTests(BrowserFixture browser, ImpatientClinic app) : IClassFixture<BrowserFixture>,
    IClassFixture<ImpatientClinic>
{
    private const string Alice = "alice@patient.example";
    private static readonly LocatorAssertionsToBeVisibleOptions Patience = new() { Timeout = 60_000 };

    [Fact]
    public async Task TwoTabs_OneOfThemUpdatingItself_AreWarnedAndThenBothLeft()
    {
        await using var alice = await SignedInAsync(Alice);
        var other = await alice.Page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(app.Host.Address, "/account/sessions").ToString());
        var rows = other.Locator("[data-session-id]");
        await rows.First.WaitForAsync();
        var atFirst = await rows.CountAsync();
        using var stop = new CancellationTokenSource();
        var updating = KeepSigningInAsync(stop.Token);

        await Assertions.Expect(Warning(alice.Page)).ToBeVisibleAsync(Patience);
        await Assertions.Expect(Warning(other)).ToBeVisibleAsync(Patience);
        await alice.Page.WaitForSignedOutAsync(60);
        await other.WaitForSignedOutAsync(60);

        await stop.CancelAsync();
        Assert.True(await updating > atFirst, "The page had nothing to update.");
        Assert.Contains(SessionEnd.Idle, await EndsAsync(Alice));
        await Assertions.Expect(alice.Page.GetByText("Alice")).ToHaveCountAsync(0);
        await alice.Page.GoBackAsync();
        await Assertions.Expect(alice.Page.GetByText("Alice")).ToHaveCountAsync(0);
        await alice.GoToAsync("/records");
        await Assertions.Expect(alice.Page.GetByLabel("E-mail")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Typing_WhereTheServerHearsNothingOfIt_KeepsTheSession()
    {
        await using var alice = await SignedInAsync(Alice);
        await alice.GoToAsync("/Identity/Account/Manage/ChangePassword");
        var field = alice.Page.Locator("input[type=password]").First;

        for (var i = 0; i < Limit; i++)
        {
            await field.PressSequentiallyAsync("a");
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        await Assertions.Expect(Warning(alice.Page)).ToBeHiddenAsync();
        Assert.Equal(200, await alice.GoToAsync("/records"));
        await Assertions.Expect(alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StaySignedIn_ByKeyboardOrTouch_ClosesTheWarningInEveryTab(bool byKeyboard)
    {
        await using var alice = await SignedInAsync(Alice);
        var other = await alice.Page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(app.Host.Address, "/records").ToString());
        await Assertions.Expect(Warning(other)).ToBeVisibleAsync(Patience);
        await Assertions.Expect(Warning(alice.Page)).ToBeVisibleAsync(Patience);
        var stay = other.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" });

        await Assertions.Expect(stay).ToBeFocusedAsync();
        await (byKeyboard ? other.Keyboard.PressAsync("Enter") : stay.TapAsync());

        await Assertions.Expect(Warning(other)).ToBeHiddenAsync();
        await Assertions.Expect(Warning(alice.Page)).ToBeHiddenAsync();
        await Assertions.Expect(alice.Page).ToHaveURLAsync(new Uri(app.Host.Address, "/").ToString());
    }

    [Fact]
    public async Task Page_WithoutItsScript_IsLeftAllTheSame()
    {
        await using var alice = await SignedInAsync(Alice, user => user.Page.RouteAsync("**/js/idle*.js", route => route.AbortAsync()));

        await alice.Page.WaitForSignedOutAsync(60);

        await Assertions.Expect(Warning(alice.Page)).ToHaveCountAsync(0);
    }

    private const int Limit = ImpatientClinic.Limit;

    private static ILocator Warning(IPage page) => page.GetByTestId("idle-warning");

    private async Task<ClinicUser> SignedInAsync(string email, Func<ClinicUser, Task>? prepare = null)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, 810, 1080, touch: true);
        if (prepare is not null)
        {
            await prepare(user);
        }

        await user.TakeSessionAsync(app.Host, email);
        await user.GoToAsync("/");
        await user.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        return user;
    }

    // Somebody signs in elsewhere, again and again: the page that lists sessions shows each at once.
    private async Task<int> KeepSigningInAsync(CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            var elsewhere = Actor.Anonymous(new ClientInfo("192.0.2.20", "Elsewhere"));
            await app.Host.Get<SignInService>().PasswordAsync(elsewhere, Alice, DemoData.Password, CancellationToken.None);
            count++;
            await Task.Delay(TimeSpan.FromSeconds(1), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return count;
    }

    private async Task<List<SessionEnd?>> EndsAsync(string email)
    {
        var normalized = Account.Normalize(email);
        await using var db = await app.Host.OpenAsync();
        var owner = await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.Id).SingleAsync();
        return await db.Set<Session>().Where(row => row.AccountId == owner).Select(row => row.End).ToListAsync();
    }
}
