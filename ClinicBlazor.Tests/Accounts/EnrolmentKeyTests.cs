using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The key of an authenticator: shown once, against a fresh proof, and good for a quarter of an hour.</summary>
public sealed class EnrolmentKeyTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Enrol = Enrolling.Path;
    private const string Overview = "/Identity/Account/Manage/TwoFactorAuthentication";
    private const string Prove = "/Identity/Account/Manage/Prove";

    [Fact]
    [Trait("Requirement", "B-13")]
    public async Task EnableAuthenticator_KeyThatWasShown_IsNeverShownAgainAndGivenUpForTheNext()
    {
        using var visitor = await app.Host.NewVisitorAsync(await app.Host.AddPersonAsync(Roles.Patient));
        var first = await visitor.OpenAsync(Enrol);
        var refused = await HttpVisitor.ReadAsync(await visitor.SubmitAsync(first, Enrol, "main form", ("Input.Code", "000000")));

        var second = await visitor.OpenAsync(Enrol);
        var answer = await HttpVisitor.ReadAsync(
            await visitor.SubmitAsync(second, Enrol, "main form", ("Input.Code", Enrolling.CodeFor(app.Host, first))));

        Assert.Null(Enrolling.KeyOn(refused));
        Assert.Null(refused.QuerySelector("svg[role=img] path"));
        Assert.NotEqual(Enrolling.KeyOn(first), Enrolling.KeyOn(second));
        Assert.Empty(answer.QuerySelectorAll(".recovery code"));
    }

    [Fact]
    [Trait("Requirement", "B-13")]
    [Trait("Requirement", "B-02")]
    public async Task EnableAuthenticator_InAnOpenSessionWithAnOldProof_AsksForANewOneAndLeadsBack()
    {
        using var visitor = await app.Host.NewVisitorAsync(await app.Host.AddPersonAsync(Roles.Patient));
        app.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes) + TimeSpan.FromSeconds(1));

        using var asked = await visitor.GetAsync(Enrol);
        using var proved = await visitor.SubmitAsync(asked.Headers.Location!.OriginalString, ("Input.Proof", DemoData.Password));

        AssertLeadsTo(Prove, asked);
        AssertLeadsTo(Enrol, proved);
        Assert.NotNull(Enrolling.KeyOn(await visitor.OpenAsync(Enrol)));
    }

    [Theory]
    [InlineData(-30, true)]
    [InlineData(1, false)]
    [Trait("Requirement", "B-13")]
    public async Task EnableAuthenticator_KeyThatWasNotConfirmed_DiesAfterFifteenMinutes(int secondsBeyond, bool taken)
    {
        var email = await app.Host.AddPersonAsync(Roles.Patient);
        using var visitor = await app.Host.NewVisitorAsync(email);
        var page = await visitor.OpenAsync(Enrol);
        await app.Host.WorkOnAsync(email, TimeSpan.FromMinutes(14));
        app.Host.Clock.Advance(TimeSpan.FromSeconds(60 + secondsBeyond));

        await visitor.SubmitAsync(page, Enrol, "main form", ("Input.Code", Enrolling.CodeFor(app.Host, page)));

        Assert.Equal(taken, await IsOnAsync(email));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task EnableAuthenticator_OpenedByItsLinkBeforeSigningIn_LeadsHomeInTheEndWithoutADenial()
    {
        var email = await app.Host.AddPersonAsync(Roles.Administrator);
        using var visitor = app.Host.NewVisitor();
        using var turned = await visitor.GetAsync(Enrol);
        using var signedIn = await visitor.SubmitAsync(turned.Headers.Location!.OriginalString, ("Input.Email", email),
            ("Input.Password", DemoData.Password));

        var done = await Enrolling.CompleteAsync(app.Host, visitor, signedIn.Headers.Location!.OriginalString);
        using var again = await visitor.GetAsync(Enrol);

        Assert.Equal("/", done.QuerySelector("main a.btn")!.GetAttribute("href"));
        AssertLeadsTo(Overview, again);
        await using var db = await app.Host.OpenAsync();
        var id = await db.Set<Account>().Where(row => row.Email == email).Select(row => row.Id).SingleAsync();
        Assert.False(await db.Set<AuditEntry>().AnyAsync(entry => entry.AccountId == id && entry.Outcome == AuditOutcome.Denied));
    }

    private static void AssertLeadsTo(string expected, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.OriginalString.Split('?')[0]);
    }

    private async Task<bool> IsOnAsync(string email)
    {
        await using var db = await app.Host.OpenAsync();
        return (await db.Set<Account>().SingleAsync(row => row.Email == email)).TwoFactorEnabled;
    }
}
