using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>One's own passkeys over HTTP, with an authenticator that says what a test wants it to say.</summary>
[Trait("Requirement", "B-01")]
public sealed class PasskeyPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Prove = "/Identity/Account/Manage/Prove";

    [Fact]
    public async Task Pages_WithoutAScript_ShowNoButtonThatDoesNothing()
    {
        using var nurse = await app.Host.NewVisitorAsync(await NewNurseAsync());
        using var visitor = app.Host.NewVisitor();

        var (list, login) = (await nurse.OpenAsync(PasskeyVisitor.List), await visitor.OpenAsync(PasskeyVisitor.Login));

        Assert.All([list, login], page => Assert.NotNull(page.QuerySelector("form[data-passkey][hidden] button")));
        Assert.NotNull(list.QuerySelector("[data-passkey-missing]:not([hidden])"));
    }

    [Fact]
    public async Task Register_WithAnAnswerThatDoesNotHold_AddsNothing()
    {
        using var visitor = await RegisteredAsync();
        var page = await visitor.Http.OpenAsync(PasskeyVisitor.List);
        SoftAuthenticator[] wrong = [new() { VerifiesUser = false }, new() { Origin = "https://clinic.evil.example" },
            new() { RpId = "clinic.evil.example" }, visitor.Authenticator];
        foreach (var authenticator in wrong)
        {
            using var answer = await visitor.RegisterAsync(other: authenticator);
            Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=error-summary]"));
            authenticator.Dispose();
        }

        using var unasked = await visitor.SendAsync(page, PasskeyVisitor.List, "{}");
        Assert.NotNull((await HttpVisitor.ReadAsync(unasked)).QuerySelector("[data-testid=error-summary]"));

        Assert.Single((await visitor.Http.OpenAsync(PasskeyVisitor.List)).QuerySelectorAll("[data-passkey-row]"));
    }

    [Fact]
    public async Task Register_WithoutAName_IsCalledAfterTheDevice()
    {
        var windows = HttpVisitor.Client with { UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)" };
        using var visitor = PasskeyVisitor.Open(app.Host);
        visitor.Http.Http.DefaultRequestHeaders.Remove("User-Agent");
        visitor.Http.Http.DefaultRequestHeaders.Add("User-Agent", windows.UserAgent);
        visitor.Http.TakeSession(await app.Host.OpenSessionAsync(await NewNurseAsync(), windows));

        using var added = await visitor.RegisterAsync(" ");

        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var list = await visitor.Http.OpenAsync(PasskeyVisitor.List);
        Assert.Equal(["Windows"], list.QuerySelectorAll("[data-passkey-row] dt").Select(name => name.TextContent));
        Assert.Equal("Windows", list.QuerySelector("#Input_Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Register_WithTenAlready_IsNotBegun()
    {
        using var visitor = await RegisteredAsync();
        await using (var db = await app.Host.OpenAsync())
        {
            var owner = (await db.Set<Passkey>().OrderByDescending(row => row.CreatedAt).FirstAsync()).AccountId;
            db.Set<Passkey>()
                .AddRange(Enumerable.Range(1, Passkey.MostPerAccount - 1).Select(_ => TestPasskeys.Row(owner, app.Host.Clock.GetUtcNow())));
            await db.SaveChangesAsync();
        }

        var list = await visitor.Http.OpenAsync(PasskeyVisitor.List);
        using var options = await visitor.Http.GetAsync($"{PasskeyVisitor.List}?handler=Options");

        Assert.Equal(Passkey.MostPerAccount, list.QuerySelectorAll("[data-passkey-row]").Length);
        Assert.Null(list.QuerySelector("form[data-passkey]"));
        Assert.Equal(HttpStatusCode.Conflict, options.StatusCode);
        Assert.False(options.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Register_WithTheChallengeOfAnotherAccount_AddsNothing()
    {
        using var first = await RegisteredAsync();
        using var second = PasskeyVisitor.Open(app.Host);
        second.Http.TakeSession(await app.Host.OpenSessionAsync(await NewNurseAsync(), HttpVisitor.Client));
        var options = await first.OptionsAsync(await first.Http.OpenAsync(PasskeyVisitor.List));
        var cookie = first.Http.Cookies.GetCookies(app.Host.Address)["clinic-passkey"]!;
        second.Http.Cookies.Add(app.Host.Address, new Cookie(cookie.Name, cookie.Value, "/"));

        using var answer = await second.SendAsync(
            await second.Http.OpenAsync(PasskeyVisitor.List), PasskeyVisitor.List,
                second.Authenticator.Create(options, app.Host.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty((await second.Http.OpenAsync(PasskeyVisitor.List)).QuerySelectorAll("[data-passkey-row]"));
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task Pages_WithAnOldProof_AskForANewOneFirstAndLeadBack()
    {
        var email = await NewNurseAsync();
        using var owner = await PasskeyVisitor.RegisteredAsync(app.Host, email);
        var one = (await owner.Http.OpenAsync(PasskeyVisitor.List)).QuerySelector("[data-passkey-row] a")!.GetAttribute("href")!;
        var page = await owner.Http.OpenAsync(one);
        app.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes) + TimeSpan.FromSeconds(1));
        var expected = $"{Prove}?returnUrl={Uri.EscapeDataString(PasskeyVisitor.List)}";

        using var removed = await owner.Http.SubmitAsync(page, one, "form.part");
        Assert.Equal(expected, removed.Headers.Location?.OriginalString);
        foreach (var path in (string[])[PasskeyVisitor.List, $"{PasskeyVisitor.List}?handler=Options", one])
        {
            using var refused = await owner.Http.GetAsync(path);
            Assert.Equal(expected, refused.Headers.Location?.OriginalString);
        }

        using var wrong = await owner.Http.SubmitAsync(expected, ("Input.Proof", "not the password"));
        Assert.NotNull((await HttpVisitor.ReadAsync(wrong)).QuerySelector("#Input_Proof[aria-invalid=true]"));
        Assert.Equal((0, 1), ((await AccountAsync(email)).AccessFailedCount, await FailedProofsAsync(email)));
        using var right = await owner.Http.SubmitAsync(expected, ("Input.Proof", DemoData.Password));
        Assert.Equal(PasskeyVisitor.List, right.Headers.Location?.OriginalString);
        Assert.Single((await owner.Http.OpenAsync(PasskeyVisitor.List)).QuerySelectorAll("[data-passkey-row]"));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Pages_OfPatientsAndOfOtherStaff_AreNotTheirs()
    {
        using var owner = await RegisteredAsync();
        var one = (await owner.Http.OpenAsync(PasskeyVisitor.List)).QuerySelector("[data-passkey-row] a")!.GetAttribute("href")!;
        using var patient = await app.Host.NewVisitorAsync("alice@patient.example");
        using var colleague = await app.Host.NewVisitorAsync("nurse@clinic.example");

        using var list = await patient.GetAsync(PasskeyVisitor.List);
        using var options = await patient.GetAsync($"{PasskeyVisitor.List}?handler=Options");
        using var foreign = await colleague.GetAsync(one);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (list.StatusCode, options.StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Empty((await colleague.OpenAsync(PasskeyVisitor.List)).QuerySelectorAll("[data-passkey-row]"));
    }

    [Theory]
    [Trait("Requirement", "S2-12")]
    [InlineData(PasskeyVisitor.Login + "?handler=Passkey")]
    [InlineData(PasskeyVisitor.List + "?handler=Add")]
    [InlineData("/Identity/Account/Manage/Passkey/{0}?handler=Rename")]
    [InlineData("/Identity/Account/Manage/Passkey/{0}?handler=Remove")]
    public async Task Form_SentWithoutItsToken_IsNotTaken(string path)
    {
        using var visitor = await app.Host.NewVisitorAsync(await NewNurseAsync());

        using var answer = await visitor.PostAsync(path.Replace("{0}", $"{Guid.CreateVersion7()}", StringComparison.Ordinal),
            new Dictionary<string, string> { ["answer"] = "{}" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task<string> NewNurseAsync() => app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);

    private async Task<PasskeyVisitor> RegisteredAsync() => await PasskeyVisitor.RegisteredAsync(app.Host, await NewNurseAsync());

    private async Task<Account> AccountAsync(string email)
    {
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Account>().SingleAsync(account => account.Email == email);
    }

    private async Task<int> FailedProofsAsync(string email)
    {
        var accountId = (await AccountAsync(email)).Id;
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Session>().Where(session => session.AccountId == accountId).SumAsync(session => session.FailedProofs);
    }
}
