using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The second step of a sign-in through the pages.</summary>
public sealed class SecondStepPagesTests(AppFixture app) : SigningIn(app), IClassFixture<AppFixture>
{
    private const string RecoveryStep = "/Identity/Account/LoginWithRecoveryCode";

    [Fact]
    [Trait("Requirement", "C-03")]
    [Trait("Requirement", "S4-02")]
    public async Task SignIn_StaffWithPasswordAndCode_HasANewSessionAtEachStep()
    {
        var email = await App.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = App.Host.NewVisitor();

        await SubmitPasswordAsync(visitor, email);
        var waiting = SessionOf(visitor);
        var beforeTheCode = await visitor.GetAsync("/");
        var answer = await visitor.SubmitAsync(SecondStep, ("Input.TwoFactorCode", await App.Host.NewCodeAsync(email)));

        AssertLeadsTo(SecondStep, beforeTheCode);
        AssertLeadsTo("/", answer);
        Assert.NotEqual(waiting, SessionOf(visitor));
        Assert.True(await IsSignedInAsync(SessionOf(visitor)));
        Assert.False(await IsSignedInAsync(waiting));
        await using var db = await App.Host.OpenAsync();
        var account = await db.Set<Account>().SingleAsync(row => row.Email == email);
        Assert.Equal(
            [SessionStage.AwaitingSecondFactor, SessionStage.Full],
            await db.Set<Session>().Where(row => row.AccountId == account.Id).OrderBy(row => row.StartedAt).Select(row => row.Stage)
                .ToListAsync());
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_WithACodeThatWasUsed_IsRefused()
    {
        var email = await App.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        var code = await App.Host.NewCodeAsync(email);
        using var first = App.Host.NewVisitor();
        await SubmitPasswordAsync(first, email);
        AssertLeadsTo("/", await first.SubmitAsync(SecondStep, ("Input.TwoFactorCode", code)));

        using var second = App.Host.NewVisitor();
        await SubmitPasswordAsync(second, email);
        var answer = await second.SubmitAsync(SecondStep, ("Input.TwoFactorCode", code));

        await AssertRefusedAsync(answer);
        AssertLeadsTo(SecondStep, await second.GetAsync("/"));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_WithARecoveryCode_WorksOnce()
    {
        var email = await App.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var owner = await App.Host.NewVisitorAsync(email);
        var codes = await HttpVisitor.ReadAsync(
            await owner.SubmitAsync("/Identity/Account/Manage/GenerateRecoveryCodes", ("Input.Password", DemoData.Password)));
        var code = codes.QuerySelector(".recovery code")!.TextContent.ToLowerInvariant().Replace('-', ' ');

        using var first = App.Host.NewVisitor();
        await SubmitPasswordAsync(first, email);
        AssertLeadsTo("/", await first.SubmitAsync(RecoveryStep, ("Input.RecoveryCode", code)));
        using var second = App.Host.NewVisitor();
        await SubmitPasswordAsync(second, email);
        var again = await second.SubmitAsync(RecoveryStep, ("Input.RecoveryCode", code));

        Assert.True(await IsSignedInAsync(SessionOf(first)));
        await AssertRefusedAsync(again);
        var overview = await owner.OpenAsync("/Identity/Account/Manage/TwoFactorAuthentication");
        Assert.Equal("9", overview.QuerySelector("[data-testid=recovery-codes-left]")!.TextContent.Trim());
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task SignIn_OfStaffToAnAddress_ComesThereAfterTheSecondStep()
    {
        var email = await App.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = App.Host.NewVisitor();

        var first = await visitor.GetAsync("/account");
        var second = await SubmitPasswordAsync(visitor, email, first.Headers.Location!.OriginalString);
        var third = await visitor.SubmitAsync(second.Headers.Location!.OriginalString,
            ("Input.TwoFactorCode", await App.Host.NewCodeAsync(email)));

        AssertLeadsTo("/account", third);
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SecondStep_TakenTooLate_LeadsBackToTheFirst()
    {
        var email = await App.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = App.Host.NewVisitor();
        await SubmitPasswordAsync(visitor, email);
        App.Host.Clock.Advance(TimeSpan.FromMinutes(Session.PendingMinutes));

        var answer = await visitor.GetAsync(SecondStep);

        AssertLeadsTo($"{Login}?note=Expired", answer);
        var page = await visitor.OpenAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains("once more", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=error-summary]"));
    }
}
