using ClinicBlazor.App.Areas.Identity;
using ClinicBlazor.App.Areas.Identity.Pages.Account;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Signing out through the pages.</summary>
public sealed class SignOutPagesTests(AppFixture app) : SigningIn(app), IClassFixture<AppFixture>
{
    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SignOut_Posted_EndsTheSessionAndLeavesNothing()
    {
        using var visitor = await App.Host.NewVisitorAsync("alice@patient.example");
        var session = SessionOf(visitor);
        Assert.True(await IsSignedInAsync(session));

        var answer = await visitor.SubmitAsync("/Identity/Account/Logout");
        var page = await visitor.GetAsync("/signed-out");

        AssertLeadsTo("/signed-out", answer);
        Assert.False(await IsSignedInAsync(session));
        Assert.DoesNotContain(visitor.Cookies.GetCookies(App.Host.Address), cookie => cookie.Name == "clinic-session");
        Assert.Equal("\"cache\"", Assert.Single(page.Headers.GetValues("Clear-Site-Data")));
        Assert.DoesNotContain("Alice", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SignOut_ByABrowserThatLeavesMeanwhile_EndsTheSession()
    {
        using var visitor = await App.Host.NewVisitorAsync("alice@patient.example");
        var session = SessionOf(visitor);
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        context.Features.Set(await App.Host.Get<SessionService>().FindAsync(session, HttpVisitor.Client, CancellationToken.None));
        var page = new LogoutModel(App.Host.Get<SessionService>(), App.Host.Get<IStringLocalizer<IdentityText>>())
        {
            PageContext = new() { HttpContext = context },
        };

        await page.OnPostAsync();

        Assert.False(await IsSignedInAsync(session));
    }

    [Fact]
    public async Task SignOut_OpenedAsAPage_AsksFirst()
    {
        using var visitor = await App.Host.NewVisitorAsync("alice@patient.example");

        await visitor.OpenAsync("/Identity/Account/Logout");

        Assert.True(await IsSignedInAsync(SessionOf(visitor)));
    }

    [Fact]
    public async Task SignOut_OfASessionThatIsOver_LeadsToTheSignedOutPage()
    {
        using var visitor = await App.Host.NewVisitorAsync("alice@patient.example");
        var page = await visitor.OpenAsync("/Identity/Account/Logout");
        App.Host.Clock.Advance(TimeSpan.FromHours(Session.PatientHours));

        var answer = await visitor.SubmitAsync(page, "/Identity/Account/Logout", "main form");

        AssertLeadsTo("/signed-out", answer);
    }
}
