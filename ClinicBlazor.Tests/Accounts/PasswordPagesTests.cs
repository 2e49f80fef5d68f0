using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Choosing and changing a password through the pages.</summary>
public sealed class PasswordPagesTests(AppFixture app) : MailedLinks(app), IClassFixture<AppFixture>
{
    [Theory]
    [InlineData("short-A1", "at least 12")]
    [InlineData("123456789012345", "Digits alone")]
    [InlineData("lowercase-only-7", "upper-case")]
    [InlineData("Password1234!", "tried first")]
    [InlineData("Robin-Kettle-42", "your name")]
    [Trait("Requirement", "S2-03")]
    public async Task ChoosePassword_AgainstARule_SaysWhichAndKeepsTheLinkGood(string password, string message)
    {
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        using var visitor = App.Host.NewVisitor();
        await visitor.GetAsync(await AskForResetAsync(email));

        var refused = await HttpVisitor.ReadAsync(await visitor.SubmitAsync(Choose, ("Input.Password", password)));
        using var taken = await visitor.SubmitAsync(Choose, ("Input.Password", NewPassword));

        Assert.Contains(message, refused.QuerySelector("#Input_Password-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.True(await CanSignInAsync(email, NewPassword));
    }

    [Fact]
    [Trait("Requirement", "S2-03")]
    public async Task ChoosePassword_LongAndInAnyScript_IsTaken()
    {
        const string Long = "Ein Wörterbuch, 日本語の辞書 und 1 Ü: zusammen über vierundsechzig Zeichen lang!";
        var email = await App.Host.AddPersonAsync(Roles.Patient);

        Assert.True(Long.Length > 64);
        Assert.True(await ChooseAsync(await AskForResetAsync(email), Long));
        Assert.True(await CanSignInAsync(email, Long));
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task ChoosePassword_Taken_EndsEverySessionOfTheAccount()
    {
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        using var open = await App.Host.NewVisitorAsync(email);
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync("/account")).StatusCode);

        await ChooseAsync(await AskForResetAsync(email), NewPassword);

        Assert.Equal(HttpStatusCode.Redirect, (await open.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task ChangePassword_AgainstThePresentOne_EndsTheOtherSessionsOnly()
    {
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        using var here = await App.Host.NewVisitorAsync(email);
        using var elsewhere = await App.Host.NewVisitorAsync(email);
        const string Change = "/Identity/Account/Manage/ChangePassword";

        using var wrong = await here.SubmitAsync(Change, ("Input.OldPassword", "Wrong-Password-1!"), ("Input.NewPassword", NewPassword));
        Assert.True(await CanSignInAsync(email, DemoData.Password));
        using var right = await here.SubmitAsync(Change, ("Input.OldPassword", DemoData.Password), ("Input.NewPassword", NewPassword));

        Assert.Contains("not your present password",
            (await HttpVisitor.ReadAsync(wrong)).QuerySelector("#Input_OldPassword-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.True(await CanSignInAsync(email, NewPassword));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
    }
}
