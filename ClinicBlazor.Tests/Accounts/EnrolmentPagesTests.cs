using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using ClinicBlazor.App.Areas.Identity;
using ClinicBlazor.App.Composition;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The second factor: staff get nowhere without, patients choose.</summary>
[Trait("Requirement", "C-03")]
public sealed partial class EnrolmentPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Enrol = "/Identity/Account/Manage/EnableAuthenticator";
    private const string Overview = "/Identity/Account/Manage/TwoFactorAuthentication";
    private const string Renew = "/Identity/Account/Manage/GenerateRecoveryCodes";
    private const string Disable = "/Identity/Account/Manage/Disable2fa";
    private const string Change = "/Identity/Account/Manage/ChangePassword";
    private const string Passkeys = "/Identity/Account/Manage/Passkeys";
    private const string Prove = "/Identity/Account/Manage/Prove";

    /// <summary>The address of every page that asks who comes, with some id where it wants one.</summary>
    public static TheoryData<string> Pages =>
    [
        .. typeof(ClinicHost).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<AllowAnonymousAttribute>() is null)
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => Parameter().Replace(route.Template, Guid.CreateVersion7().ToString())),
        Overview, Renew, Disable, Change, Passkeys, Prove, $"/Identity/Account/Manage/Passkey/{Guid.CreateVersion7()}",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OpenedByStaffWithoutASecondFactor_LeadsToTheEnrolment(string path)
    {
        using var visitor = await NewHalfSignedInAsync(enrolled: false);

        using var answer = await visitor.GetAsync(path);

        AssertLeadsTo(Enrol, answer);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OpenedBeforeTheCode_LeadsToTheSecondStep(string path)
    {
        using var visitor = await NewHalfSignedInAsync(enrolled: true);

        using var answer = await visitor.GetAsync(path);

        AssertLeadsTo("/Identity/Account/LoginWith2fa", answer);
    }

    [Fact]
    public async Task Circuit_BeforeTheSecondFactor_IsNotOpened()
    {
        using var visitor = await NewHalfSignedInAsync(enrolled: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", app.Host.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task EnableAuthenticator_StaffWithTheFirstCode_OpensTheClinicAndGivesTenCodes()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse);
        using var visitor = app.Host.NewVisitor();
        await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", email), ("Input.Password", DemoData.Password));
        var page = await visitor.OpenAsync(Enrol);
        var wrong = await HttpVisitor.ReadAsync(await visitor.SubmitAsync(page, Enrol, "main form", ("Input.Code", "000000")));
        var done = await HttpVisitor.ReadAsync(
            await visitor.SubmitAsync(wrong, Enrol, "main form", ("Input.Code", Enrolling.CodeFor(app.Host, page))));

        Assert.Contains("not right", wrong.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/", done.QuerySelector("main a.btn")!.GetAttribute("href"));
        Assert.Equal(10, done.QuerySelectorAll(".recovery code").Select(code => code.TextContent).Distinct().Count());
        using var home = await visitor.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task TwoFactorAuthentication_WithNoRecoveryCodeLeft_Warns()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = await app.Host.NewVisitorAsync(email);
        Assert.NotNull((await visitor.OpenAsync(Overview)).QuerySelector("[data-testid=recovery-codes-gone]"));

        await visitor.SubmitAsync(Renew, ("Input.Password", DemoData.Password));

        Assert.Null((await visitor.OpenAsync(Overview)).QuerySelector("[data-testid=recovery-codes-gone]"));
    }

    [Fact]
    public async Task EnableAuthenticator_WithASecondFactorInUse_ShowsNoKey()
    {
        using var visitor = await app.Host.NewVisitorAsync(await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true));

        using var answer = await visitor.GetAsync(Enrol);

        AssertLeadsTo(Overview, answer);
    }

    [Fact]
    public void EnrolmentQr_OfAText_HasTheThreeFindersInsideTheQuietZone()
    {
        var qr = EnrolmentQr.Of("otpauth://totp/Clinic:a@test.example?secret=JBSWY3DPEHPK3PXP");
        var last = qr.Size - 4 - 7;

        Assert.All((string[])[$"M4 4h7v1H4z", $"M{last} 4h7v1H{last}z", $"M4 {qr.Size - 5}h7v1H4z"],
            run => Assert.Contains(run, qr.Path, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"M[0-3] |M\d+ [0-3]h", qr.Path);
    }

    [Fact]
    public async Task SecondFactor_OfAPatient_IsSwitchedOnAndOffAgainstThePassword()
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        using var visitor = await app.Host.NewVisitorAsync(email);
        await Enrolling.CompleteAsync(app.Host, visitor);
        Assert.True(await IsOnAsync(email));

        using var wrong = await visitor.SubmitAsync(Disable, ("Input.Password", "Wrong-Password-1!"));
        Assert.True(await IsOnAsync(email));
        using var right = await visitor.SubmitAsync(Disable, ("Input.Password", DemoData.Password));

        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        AssertLeadsTo(Overview, right);
        Assert.False(await IsOnAsync(email));
    }

    [Fact]
    public async Task SecondFactor_OfStaff_CannotBeSwitchedOff()
    {
        var email = await app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);
        using var visitor = await app.Host.NewVisitorAsync(email);
        using var page = await visitor.GetAsync(Disable);

        // The form of another page, sent here.
        var form = await visitor.OpenAsync(Renew);
        var token = form.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var answer = await visitor.PostAsync(Disable,
            new Dictionary<string, string> { ["Input.Password"] = DemoData.Password, ["__RequestVerificationToken"] = token });

        AssertLeadsTo(Overview, page);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await IsOnAsync(email));
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    private static void AssertLeadsTo(string expected, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.OriginalString.Split('?')[0]);
    }

    private async Task<HttpVisitor> NewHalfSignedInAsync(bool enrolled)
    {
        var visitor = app.Host.NewVisitor();
        var email = await app.Host.AddPersonAsync(Roles.Administrator | Roles.Doctor | Roles.Reception, enrolled);
        await using var db = await app.Host.OpenAsync();
        var account = await db.Set<Account>().SingleAsync(row => row.Email == email);
        var session = app.Host.Get<SessionService>()
            .Start(db, account, enrolled ? SessionStage.AwaitingSecondFactor : SessionStage.AwaitingEnrolment, HttpVisitor.Client);
        await db.SaveChangesAsync();
        visitor.TakeSession(session.Token);
        return visitor;
    }

    private async Task<bool> IsOnAsync(string email)
    {
        await using var db = await app.Host.OpenAsync();
        return (await db.Set<Account>().SingleAsync(row => row.Email == email)).TwoFactorEnabled;
    }
}
