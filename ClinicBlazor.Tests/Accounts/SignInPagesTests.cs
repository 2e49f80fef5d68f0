using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Signing in with a password through the pages.</summary>
public sealed class SignInPagesTests(AppFixture app) : SigningIn(app), IClassFixture<AppFixture>
{
    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_PatientWithoutASecondFactor_IsDoneAfterThePassword()
    {
        using var visitor = App.Host.NewVisitor();

        var answer = await SubmitPasswordAsync(visitor, await App.Host.AddPersonAsync(Roles.Patient));

        AssertLeadsTo("/", answer);
        Assert.True(await IsSignedInAsync(SessionOf(visitor)));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task SignIn_UnknownWrongLockedOrSwitchedOff_AnswersAlike()
    {
        var (known, locked, off) = (await App.Host.AddPersonAsync(Roles.Patient), await App.Host.AddPersonAsync(Roles.Patient),
            await App.Host.AddPersonAsync(Roles.Patient));
        await using (var db = await App.Host.OpenAsync())
        {
            var account = await db.Set<Account>().AsTracking().SingleAsync(row => row.Email == locked);
            Enumerable.Range(0, Account.FailuresUntilLock).ToList().ForEach(_ => account.CountFailure(App.Host.Clock.GetUtcNow()));
            (await db.Set<Account>().AsTracking().SingleAsync(row => row.Email == off)).Deactivate();
            await db.SaveChangesAsync();
        }

        var unknown = await FailAsync("nobody@test.example", DemoData.Password);
        var others = new[] { await FailAsync(known, "Wrong-Password-1!"), await FailAsync(locked, DemoData.Password),
            await FailAsync(off, DemoData.Password) };

        Assert.Contains("30 minutes", unknown, StringComparison.Ordinal);
        Assert.All(others, page => Assert.Equal(unknown, page));
    }

    [Fact]
    public async Task SignIn_FormSentAfterSigningInInAnotherTab_LeadsWhereItWouldHaveLed()
    {
        const string Path = $"{Login}?returnUrl=%2Faccount";
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        using var visitor = App.Host.NewVisitor();
        var (first, second) = (await visitor.OpenAsync(Path), await visitor.OpenAsync(Path));
        await visitor.SubmitAsync(first, Path, "main form", ("Input.Email", email), ("Input.Password", DemoData.Password));

        var answer = await visitor.SubmitAsync(second, Path, "main form", ("Input.Email", email), ("Input.Password", DemoData.Password));

        AssertLeadsTo(Path, answer);
        AssertLeadsTo("/account", await visitor.GetAsync(Path));
    }

    [Theory]
    [InlineData("/account", "/account")]
    [InlineData("/records?after=1", "/records?after=1")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("javascript:void", "/")]
    [InlineData("/account?q=Jos\u00e9", "/account?q=Jos%C3%A9")]
    [InlineData("account", "/")]
    public async Task SignIn_WithAReturnAddress_StaysOnThisSite(string asked, string expected)
    {
        using var visitor = App.Host.NewVisitor();

        var answer = await SubmitPasswordAsync(visitor, "carol@patient.example", $"{Login}?returnUrl={Uri.EscapeDataString(asked)}");

        AssertLeadsTo(expected, answer);
        AssertLeadsTo(expected, await visitor.GetAsync($"{Login}?returnUrl={Uri.EscapeDataString(asked)}"));
        AssertLeadsTo(expected, await visitor.GetAsync($"/culture?culture=en&returnUrl={Uri.EscapeDataString(asked)}"));
    }

    [Fact]
    public async Task SignIn_WithEmptyFields_SaysSoBesideThemAndKeepsNoPassword()
    {
        using var visitor = App.Host.NewVisitor();

        var page = await HttpVisitor.ReadAsync(await visitor.SubmitAsync(Login, ("Input.Email", ""), ("Input.Password", "something")));

        Assert.Equal("true", page.QuerySelector("#Input_Email")!.GetAttribute("aria-invalid"));
        Assert.NotNull(page.QuerySelector("[data-testid=error-summary][autofocus] a[href='#Input_Email']"));
        Assert.False(page.QuerySelector("#Input_Password")!.HasAttribute("value"));
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SignIn_OverAnOpenSession_EndsThatOne()
    {
        using var visitor = await App.Host.NewVisitorAsync("alice@patient.example");
        var form = await HttpVisitor.ReadAsync(await visitor.GetAsync("/Identity/Account/Logout"));
        var old = SessionOf(visitor);

        await visitor.PostAsync(Login, new Dictionary<string, string>
        {
            ["Input.Email"] = "bob@patient.example",
            ["Input.Password"] = DemoData.Password,
            ["__RequestVerificationToken"] = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
        });

        Assert.NotEqual(old, SessionOf(visitor));
        Assert.False(await IsSignedInAsync(old));
    }

    /// <summary>Everything that a failed attempt shows and sets, without what differs in every answer.</summary>
    private async Task<string> FailAsync(string email, string password)
    {
        using var visitor = App.Host.NewVisitor();
        var answer = await visitor.SubmitAsync(Login, ("Input.Email", email), ("Input.Password", password));
        Assert.DoesNotContain(visitor.Cookies.GetCookies(App.Host.Address), cookie => cookie.Name == "clinic-session");
        var page = await HttpVisitor.ReadAsync(answer);
        Assert.Equal(email, page.QuerySelector("#Input_Email")!.GetAttribute("value"));
        return $"{answer.StatusCode} {page.QuerySelector("main")!.TextContent}";
    }
}
