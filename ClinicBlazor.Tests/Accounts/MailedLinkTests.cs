using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>A mailed link opens once, for a while, and stays in no address.</summary>
public sealed class MailedLinkTests(AppFixture app) : MailedLinks(app), IClassFixture<AppFixture>
{
    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Link_Opened_LeavesNoSecretInTheAddress()
    {
        var link = await AskForResetAsync(await App.Host.AddPersonAsync(Roles.Patient));
        using var visitor = App.Host.NewVisitor();

        using var answer = await visitor.GetAsync(link);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(Choose, answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        var page = await visitor.GetAsync(Choose);
        Assert.DoesNotContain(link.Split('=')[1], await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Link_UsedASecondTime_IsNoLongerGood()
    {
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        var link = await AskForResetAsync(email);

        Assert.True(await ChooseAsync(link, NewPassword));
        Assert.False(await ChooseAsync(link, "Orange-Kettle-43-Sings"));

        Assert.True(await CanSignInAsync(email, NewPassword));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Link_AfterANewerOne_IsNoLongerGood()
    {
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        var (first, second) = (await AskForResetAsync(email), await AskForResetAsync(email));

        Assert.False(await ChooseAsync(first, NewPassword));
        Assert.True(await ChooseAsync(second, NewPassword));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Link_OfAReset_EndsAfterThirtyMinutes()
    {
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        var link = await AskForResetAsync(email);
        App.Host.Clock.Advance(TimeSpan.FromMinutes(AccountTokens.ResetMinutes));

        Assert.False(await ChooseAsync(link, NewPassword));
        Assert.True(await CanSignInAsync(email, DemoData.Password));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    [Trait("Requirement", "S0-05")]
    public async Task Link_OfAnInvitation_EndsAfterThreeDays(int minutesBeyond, bool expected)
    {
        using var visitor = App.Host.NewVisitor();
        var email = $"invited{minutesBeyond}@test.example";
        await visitor.SubmitAsync(Register, ("Input.DisplayName", "Ida Invited"), ("Input.Email", email));
        var link = await App.Host.ReadLinkAsync(email);
        App.Host.Clock.Advance(TimeSpan.FromHours(AccountTokens.InvitationHours) + TimeSpan.FromMinutes(minutesBeyond));

        Assert.Equal(expected, await ChooseAsync(link, NewPassword));
    }
}
