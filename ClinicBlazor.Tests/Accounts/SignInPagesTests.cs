using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Signing in and out through the pages.</summary>
public sealed class SignInPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Login = "/Identity/Account/Login";
    private const string SecondStep = "/Identity/Account/LoginWith2fa";
    private const string RecoveryStep = "/Identity/Account/LoginWithRecoveryCode";

    [Fact]
    [Trait("Requirement", "C-03")]
    [Trait("Requirement", "S4-02")]
    public async Task SignIn_StaffWithPasswordAndCode_HasANewSessionAtEachStep()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = app.Host.NewVisitor();

        await SubmitPasswordAsync(visitor, email);
        var waiting = SessionOf(visitor);
        var beforeTheCode = await visitor.GetAsync("/");
        var answer = await visitor.SubmitAsync(SecondStep, ("Input.TwoFactorCode", await app.Host.NewCodeAsync(email)));

        AssertLeadsTo(SecondStep, beforeTheCode);
        AssertLeadsTo("/", answer);
        Assert.NotEqual(waiting, SessionOf(visitor));
        Assert.True(await IsSignedInAsync(SessionOf(visitor)));
        Assert.False(await IsSignedInAsync(waiting));
        await using var db = await app.Host.OpenAsync();
        var account = await db.Accounts.SingleAsync(row => row.Email == email);
        Assert.Equal(
            [SessionStage.AwaitingSecondFactor, SessionStage.Full],
            await db.Sessions.Where(row => row.AccountId == account.Id).OrderBy(row => row.StartedAt).Select(row => row.Stage).ToListAsync());
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_PatientWithoutASecondFactor_IsDoneAfterThePassword()
    {
        using var visitor = app.Host.NewVisitor();

        var answer = await SubmitPasswordAsync(visitor, await app.Host.AddPersonAsync(Roles.Patient));

        AssertLeadsTo("/", answer);
        Assert.True(await IsSignedInAsync(SessionOf(visitor)));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task SignIn_UnknownWrongLockedOrSwitchedOff_AnswersAlike()
    {
        var (known, locked, off) = (await app.Host.AddPersonAsync(Roles.Patient), await app.Host.AddPersonAsync(Roles.Patient), await app.Host.AddPersonAsync(Roles.Patient));
        await using (var db = await app.Host.OpenAsync())
        {
            var account = await db.Accounts.AsTracking().SingleAsync(row => row.Email == locked);
            Enumerable.Range(0, Account.FailuresUntilLock).ToList().ForEach(_ => account.CountFailure(app.Host.Clock.GetUtcNow()));
            (await db.Accounts.AsTracking().SingleAsync(row => row.Email == off)).Deactivate();
            await db.SaveChangesAsync();
        }

        var unknown = await FailAsync("nobody@test.example", DemoData.Password);
        var others = new[] { await FailAsync(known, "Wrong-Password-1!"), await FailAsync(locked, DemoData.Password), await FailAsync(off, DemoData.Password) };

        Assert.Contains("30 minutes", unknown, StringComparison.Ordinal);
        Assert.All(others, page => Assert.Equal(unknown, page));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_WithACodeThatWasUsed_IsRefused()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        var code = await app.Host.NewCodeAsync(email);
        using var first = app.Host.NewVisitor();
        await SubmitPasswordAsync(first, email);
        AssertLeadsTo("/", await first.SubmitAsync(SecondStep, ("Input.TwoFactorCode", code)));

        using var second = app.Host.NewVisitor();
        await SubmitPasswordAsync(second, email);
        var answer = await second.SubmitAsync(SecondStep, ("Input.TwoFactorCode", code));

        await AssertRefusedAsync(answer);
        AssertLeadsTo(SecondStep, await second.GetAsync("/"));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_WithARecoveryCode_WorksOnce()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var owner = await app.Host.NewVisitorAsync(email);
        var codes = await HttpVisitor.ReadAsync(await owner.SubmitAsync("/Identity/Account/Manage/GenerateRecoveryCodes", ("Input.Password", DemoData.Password)));
        var code = codes.QuerySelector(".recovery code")!.TextContent.ToLowerInvariant().Replace('-', ' ');

        using var first = app.Host.NewVisitor();
        await SubmitPasswordAsync(first, email);
        AssertLeadsTo("/", await first.SubmitAsync(RecoveryStep, ("Input.RecoveryCode", code)));
        using var second = app.Host.NewVisitor();
        await SubmitPasswordAsync(second, email);
        var again = await second.SubmitAsync(RecoveryStep, ("Input.RecoveryCode", code));

        Assert.True(await IsSignedInAsync(SessionOf(first)));
        await AssertRefusedAsync(again);
        var overview = await owner.OpenAsync("/Identity/Account/Manage/TwoFactorAuthentication");
        Assert.Equal("9", overview.QuerySelector("[data-testid=recovery-codes-left]")!.TextContent.Trim());
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
        using var visitor = app.Host.NewVisitor();

        var answer = await SubmitPasswordAsync(visitor, "carol@patient.example", $"{Login}?returnUrl={Uri.EscapeDataString(asked)}");

        AssertLeadsTo(expected, answer);
        AssertLeadsTo(expected, await visitor.GetAsync($"{Login}?returnUrl={Uri.EscapeDataString(asked)}"));
        AssertLeadsTo(expected, await visitor.GetAsync($"/culture?culture=en&returnUrl={Uri.EscapeDataString(asked)}"));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_OfStaffToAnAddress_ComesThereAfterTheSecondStep()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = app.Host.NewVisitor();

        var first = await visitor.GetAsync("/account");
        var second = await SubmitPasswordAsync(visitor, email, first.Headers.Location!.OriginalString);
        var third = await visitor.SubmitAsync(second.Headers.Location!.OriginalString, ("Input.TwoFactorCode", await app.Host.NewCodeAsync(email)));

        AssertLeadsTo("/account", third);
    }

    [Fact]
    public async Task SignIn_WithEmptyFields_SaysSoBesideThemAndKeepsNoPassword()
    {
        using var visitor = app.Host.NewVisitor();

        var page = await HttpVisitor.ReadAsync(await visitor.SubmitAsync(Login, ("Input.Email", ""), ("Input.Password", "something")));

        Assert.Equal("true", page.QuerySelector("#Input_Email")!.GetAttribute("aria-invalid"));
        Assert.NotNull(page.QuerySelector("[data-testid=error-summary][autofocus] a[href='#Input_Email']"));
        Assert.False(page.QuerySelector("#Input_Password")!.HasAttribute("value"));
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SignIn_OverAnOpenSession_EndsThatOne()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
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

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SignOut_Posted_EndsTheSessionAndLeavesNothing()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
        var session = SessionOf(visitor);
        Assert.True(await IsSignedInAsync(session));

        var answer = await visitor.SubmitAsync("/Identity/Account/Logout");
        var page = await visitor.GetAsync("/signed-out");

        AssertLeadsTo("/signed-out", answer);
        Assert.False(await IsSignedInAsync(session));
        Assert.DoesNotContain(visitor.Cookies.GetCookies(app.Host.Address), cookie => cookie.Name == "clinic-session");
        Assert.Equal("\"cache\"", Assert.Single(page.Headers.GetValues("Clear-Site-Data")));
        Assert.DoesNotContain("Alice", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_OpenedAsAPage_AsksFirst()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");

        await visitor.OpenAsync("/Identity/Account/Logout");

        Assert.True(await IsSignedInAsync(SessionOf(visitor)));
    }

    [Fact]
    public async Task SignOut_OfASessionThatIsOver_LeadsToTheSignedOutPage()
    {
        using var visitor = await app.Host.NewVisitorAsync("alice@patient.example");
        var page = await visitor.OpenAsync("/Identity/Account/Logout");
        app.Host.Clock.Advance(TimeSpan.FromHours(Session.PatientHours));

        var answer = await visitor.SubmitAsync(page, "/Identity/Account/Logout", "main form");

        AssertLeadsTo("/signed-out", answer);
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SecondStep_TakenTooLate_LeadsBackToTheFirst()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = app.Host.NewVisitor();
        await SubmitPasswordAsync(visitor, email);
        app.Host.Clock.Advance(TimeSpan.FromMinutes(Session.PendingMinutes));

        var answer = await visitor.GetAsync(SecondStep);

        AssertLeadsTo($"{Login}?note=Expired", answer);
        var page = await visitor.OpenAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains("once more", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SubmitPasswordAsync(HttpVisitor visitor, string email, string path = Login) =>
        await visitor.SubmitAsync(path, ("Input.Email", email), ("Input.Password", DemoData.Password));

    private static void AssertLeadsTo(string expected, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=error-summary]"));
    }

    private string SessionOf(HttpVisitor visitor) => visitor.Cookies.GetCookies(app.Host.Address)["clinic-session"]!.Value;

    private async Task<bool> IsSignedInAsync(string token)
    {
        using var visitor = app.Host.NewVisitor();
        visitor.TakeSession(token);
        return (await visitor.GetAsync("/account")).StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Everything that a failed attempt shows and sets, without what differs in every answer.</summary>
    private async Task<string> FailAsync(string email, string password)
    {
        using var visitor = app.Host.NewVisitor();
        var answer = await visitor.SubmitAsync(Login, ("Input.Email", email), ("Input.Password", password));
        Assert.DoesNotContain(visitor.Cookies.GetCookies(app.Host.Address), cookie => cookie.Name == "clinic-session");
        var page = await HttpVisitor.ReadAsync(answer);
        Assert.Equal(email, page.QuerySelector("#Input_Email")!.GetAttribute("value"));
        return $"{answer.StatusCode} {page.QuerySelector("main")!.TextContent}";
    }
}
