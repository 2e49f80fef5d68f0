using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The ways in for those who have no password: registration, invitation, reset.</summary>
public sealed class RegistrationPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Register = "/Identity/Account/Register";
    private const string Forgot = "/Identity/Account/ForgotPassword";
    private const string Choose = "/Identity/Account/ResetPassword";
    private const string NewPassword = "Purple-Kettle-42-Sings";

    [Fact]
    [Trait("Requirement", "S2-04")]
    [Trait("Requirement", "S0-05")]
    public async Task Register_NewKnownOrSwitchedOffAddress_AnswersAlike()
    {
        var (known, off) = (await app.Host.AddPersonAsync(Roles.Patient), await AddSwitchedOffAsync());

        var fresh = await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", "nele@test.example"));
        string[] others =
        [
            await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", known)),
            await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", off)),
            await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", "nele@test.example")),
        ];

        Assert.All(others, answer => Assert.Equal(fresh, answer));
        Assert.Contains("ForgotPassword", Assert.Single(await app.Host.ReadMailAsync(known)), StringComparison.Ordinal);
        Assert.Empty(await app.Host.ReadMailAsync(off));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task ForgotPassword_KnownUnknownOrSwitchedOffAddress_AnswersAlike()
    {
        var (known, off) = (await app.Host.AddPersonAsync(Roles.Patient), await AddSwitchedOffAsync());

        var answer = await AskAsync(Forgot, ("Input.Email", known));

        Assert.Equal(answer, await AskAsync(Forgot, ("Input.Email", "nobody@test.example")));
        Assert.Equal(answer, await AskAsync(Forgot, ("Input.Email", off)));
        Assert.Single(await app.Host.ReadMailAsync(known));
        Assert.Empty(await app.Host.ReadMailAsync(off));
        Assert.Empty(await app.Host.ReadMailAsync("nobody@test.example"));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Register_ByAPatientAlone_ReachesNoChart()
    {
        using var visitor = app.Host.NewVisitor();
        await visitor.SubmitAsync(Register, ("Input.DisplayName", "Alice Archer"), ("Input.Email", "alone@test.example"));
        var link = await app.Host.ReadLinkAsync("alone@test.example");

        await visitor.GetAsync(link);
        var chosen = await visitor.SubmitAsync(Choose, ("Input.Password", NewPassword));
        var signedIn = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "alone@test.example"), ("Input.Password", NewPassword));

        Assert.Equal("/Identity/Account/Login?note=PasswordChosen", chosen.Headers.Location!.OriginalString);
        Assert.Equal("/", signedIn.Headers.Location!.OriginalString);
        await using var db = await app.Host.OpenAsync();
        var account = await db.Accounts.SingleAsync(row => row.Email == "alone@test.example");
        Assert.Equal((Roles.Patient, (Guid?)null), (account.Roles, account.PatientId));
        foreach (var id in await db.MedicalRecords.Select(record => record.Id).Take(5).ToListAsync())
        {
            using var record = await visitor.GetAsync($"/records/{id}");
            Assert.Equal(HttpStatusCode.NotFound, record.StatusCode);
        }
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    [Trait("Requirement", "C-03")]
    public async Task Invitation_OfStaff_LeadsThroughPasswordAndEnrolment()
    {
        var token = await app.Host.OpenSessionAsync("admin@clinic.example", HttpVisitor.Client);
        var admin = await app.Host.Get<SessionService>().FindAsync(token, HttpVisitor.Client, CancellationToken.None);
        var invited = await app.Host.Get<AccountService>().InviteAsync(admin!.Actor, "Nina Newnurse", "nina@test.example", Roles.Nurse, CancellationToken.None);
        using var visitor = app.Host.NewVisitor();

        await visitor.GetAsync(await app.Host.ReadLinkAsync("nina@test.example"));
        await visitor.SubmitAsync(Choose, ("Input.Password", NewPassword));
        using var signedIn = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "nina@test.example"), ("Input.Password", NewPassword));

        Assert.True(invited.IsSuccess);
        Assert.Equal("/Identity/Account/Manage/EnableAuthenticator", signedIn.Headers.Location!.OriginalString);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Link_Opened_LeavesNoSecretInTheAddress()
    {
        var link = await AskForResetAsync(await app.Host.AddPersonAsync(Roles.Patient));
        using var visitor = app.Host.NewVisitor();

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
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        var link = await AskForResetAsync(email);

        Assert.True(await ChooseAsync(link, NewPassword));
        Assert.False(await ChooseAsync(link, "Orange-Kettle-43-Sings"));

        Assert.True(await CanSignInAsync(email, NewPassword));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Link_AfterANewerOne_IsNoLongerGood()
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        var (first, second) = (await AskForResetAsync(email), await AskForResetAsync(email));

        Assert.False(await ChooseAsync(first, NewPassword));
        Assert.True(await ChooseAsync(second, NewPassword));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Link_OfAReset_EndsAfterThirtyMinutes()
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        var link = await AskForResetAsync(email);
        app.Host.Clock.Advance(TimeSpan.FromMinutes(AccountTokens.ResetMinutes));

        Assert.False(await ChooseAsync(link, NewPassword));
        Assert.True(await CanSignInAsync(email, DemoData.Password));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    [Trait("Requirement", "S0-05")]
    public async Task Link_OfAnInvitation_EndsAfterThreeDays(int minutesBeyond, bool expected)
    {
        using var visitor = app.Host.NewVisitor();
        var email = $"invited{minutesBeyond}@test.example";
        await visitor.SubmitAsync(Register, ("Input.DisplayName", "Ida Invited"), ("Input.Email", email));
        var link = await app.Host.ReadLinkAsync(email);
        app.Host.Clock.Advance(TimeSpan.FromHours(AccountTokens.InvitationHours) + TimeSpan.FromMinutes(minutesBeyond));

        Assert.Equal(expected, await ChooseAsync(link, NewPassword));
    }

    [Theory]
    [InlineData("short-A1", "at least 12")]
    [InlineData("123456789012345", "Digits alone")]
    [InlineData("lowercase-only-7", "upper-case")]
    [InlineData("Password1234!", "tried first")]
    [InlineData("Robin-Kettle-42", "your name")]
    [Trait("Requirement", "S2-03")]
    public async Task ChoosePassword_AgainstARule_SaysWhichAndKeepsTheLinkGood(string password, string message)
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        using var visitor = app.Host.NewVisitor();
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
        var email = await app.Host.AddPersonAsync(Roles.Patient);

        Assert.True(Long.Length > 64);
        Assert.True(await ChooseAsync(await AskForResetAsync(email), Long));
        Assert.True(await CanSignInAsync(email, Long));
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task ChoosePassword_Taken_EndsEverySessionOfTheAccount()
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        using var open = await app.Host.NewVisitorAsync(email);
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync("/account")).StatusCode);

        await ChooseAsync(await AskForResetAsync(email), NewPassword);

        Assert.Equal(HttpStatusCode.Redirect, (await open.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task ChangePassword_AgainstThePresentOne_EndsTheOtherSessionsOnly()
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        using var here = await app.Host.NewVisitorAsync(email);
        using var elsewhere = await app.Host.NewVisitorAsync(email);
        const string Change = "/Identity/Account/Manage/ChangePassword";

        using var wrong = await here.SubmitAsync(Change, ("Input.OldPassword", "Wrong-Password-1!"), ("Input.NewPassword", NewPassword));
        Assert.True(await CanSignInAsync(email, DemoData.Password));
        using var right = await here.SubmitAsync(Change, ("Input.OldPassword", DemoData.Password), ("Input.NewPassword", NewPassword));

        Assert.Contains("not your present password", (await HttpVisitor.ReadAsync(wrong)).QuerySelector("#Input_OldPassword-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.True(await CanSignInAsync(email, NewPassword));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).StatusCode);
    }

    /// <summary>All that an answer shows: where it leads, and what stands there.</summary>
    private async Task<string> AskAsync(string path, params (string Name, string Value)[] fields)
    {
        using var visitor = app.Host.NewVisitor();
        using var answer = await visitor.SubmitAsync(path, fields);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var next = answer.Headers.Location!.OriginalString;
        return $"{next} {(await visitor.OpenAsync(next)).QuerySelector("main")!.TextContent}";
    }

    private async Task<string> AskForResetAsync(string email)
    {
        await AskAsync(Forgot, ("Input.Email", email));
        return await app.Host.ReadLinkAsync(email);
    }

    private async Task<bool> ChooseAsync(string link, string password)
    {
        using var visitor = app.Host.NewVisitor();
        await visitor.GetAsync(link);
        using var answer = await visitor.SubmitAsync(Choose, ("Input.Password", password));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    private async Task<bool> CanSignInAsync(string email, string password)
    {
        using var visitor = app.Host.NewVisitor();
        using var answer = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", email), ("Input.Password", password));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    private async Task<string> AddSwitchedOffAsync()
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        await using var db = await app.Host.OpenAsync();
        (await db.Accounts.AsTracking().SingleAsync(row => row.Email == email)).Deactivate();
        await db.SaveChangesAsync();
        return email;
    }
}
