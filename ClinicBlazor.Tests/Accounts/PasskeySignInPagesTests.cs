using System.Net;
using System.Text.Json.Nodes;
using ClinicBlazor.App.Accounts.Passkeys;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Signing in with a passkey over HTTP, with an authenticator that says what a test wants it to say.</summary>
[Trait("Requirement", "B-01")]
public sealed class PasskeySignInPagesTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SignIn_WithAPasskey_IsCompleteAtOnceAndLeavesNoOtherSession()
    {
        using var owner = await RegisteredAsync();
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        await visitor.Http.SubmitAsync(PasskeyVisitor.Login, ("Input.Email", await NewNurseAsync()), ("Input.Password", DemoData.Password));
        var waiting = SessionOf(visitor.Http);
        var page = await visitor.Http.OpenAsync($"{PasskeyVisitor.Login}?returnUrl=/account");

        using var answer = await visitor.SendAsync(page, PasskeyVisitor.Login, await visitor.AnswerAsync(page));

        Assert.Equal("/account", answer.Headers.Location?.OriginalString);
        Assert.NotEqual(waiting, SessionOf(visitor.Http));
        using var account = await visitor.Http.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        Assert.Null(await app.Host.Get<SessionService>().FindAsync(waiting!, HttpVisitor.Client, default));
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("authenticatorData")]
    [InlineData("clientDataJSON")]
    [InlineData("userHandle")]
    public async Task SignIn_WithATamperedAnswer_IsRefusedAndCounted(string part)
    {
        var email = await NewNurseAsync();
        using var owner = await PasskeyVisitor.RegisteredAsync(app.Host, email);
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);

        using var answer = await visitor.SignInAsync(json => Change(json, part));

        await AssertRefusedAsync(visitor, answer);
        Assert.Equal(1, (await AccountAsync(email)).AccessFailedCount);
    }

    [Fact]
    public async Task SignIn_FromAnotherSite_IsRefused()
    {
        using var owner = await RegisteredAsync();
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);

        owner.Authenticator.Origin = "https://clinic.evil.example";
        await AssertRefusedAsync(visitor, await visitor.SignInAsync());
        owner.Authenticator.Origin = null;
        owner.Authenticator.RpId = "clinic.evil.example";
        await AssertRefusedAsync(visitor, await visitor.SignInAsync());
        owner.Authenticator.RpId = null;

        using var answer = await visitor.SignInAsync();
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_WithoutPinOrFinger_IsRefused()
    {
        using var owner = await RegisteredAsync();
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        owner.Authenticator.VerifiesUser = false;

        await AssertRefusedAsync(visitor, await visitor.SignInAsync());
    }

    [Fact]
    public async Task SignIn_AnsweredTwice_WorksOnceEvenWithACopyOfTheCookie()
    {
        using var owner = await RegisteredAsync();
        owner.Authenticator.SignCount = null;
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        var page = await visitor.Http.OpenAsync(PasskeyVisitor.Login);
        var answer = await visitor.AnswerAsync(page);
        var cookies = visitor.Http.Cookies.GetCookies(app.Host.Address).Select(cookie => new Cookie(cookie.Name, cookie.Value, "/"))
            .ToList();
        using var first = await visitor.SendAsync(page, PasskeyVisitor.Login, answer);
        Assert.Equal("/", first.Headers.Location?.OriginalString);

        using var again = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        await AssertRefusedAsync(again,
            await again.SendAsync(await again.Http.OpenAsync(PasskeyVisitor.Login), PasskeyVisitor.Login, answer));
        using var thief = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        cookies.ForEach(cookie => thief.Http.Cookies.Add(app.Host.Address, cookie));
        await AssertRefusedAsync(thief, await thief.SendAsync(page, PasskeyVisitor.Login, answer));
        Assert.DoesNotContain(visitor.Http.Cookies.GetCookies(app.Host.Address), cookie => cookie.Name == "clinic-passkey");
    }

    [Fact]
    public async Task SignIn_WithAnotherChallengeOrAnOldOne_IsRefused()
    {
        using var owner = await RegisteredAsync();
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        var page = await visitor.Http.OpenAsync(PasskeyVisitor.Login);

        var early = await visitor.AnswerAsync(page);
        await visitor.OptionsAsync(page);
        await AssertRefusedAsync(visitor, await visitor.SendAsync(page, PasskeyVisitor.Login, early));

        var slow = await visitor.AnswerAsync(page);
        app.Host.Clock.Advance(TimeSpan.FromMinutes(PasskeyChallenges.Minutes));
        await AssertRefusedAsync(visitor, await visitor.SendAsync(page, PasskeyVisitor.Login, slow));
    }

    [Fact]
    public async Task SignIn_WithAChallengeToAddAPasskey_IsRefused()
    {
        using var owner = await RegisteredAsync();
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        var page = await visitor.Http.OpenAsync(PasskeyVisitor.Login);
        var options = JsonNode.Parse(await owner.OptionsAsync(await owner.Http.OpenAsync(PasskeyVisitor.List)))!;
        options["rpId"] = (string)options["rp"]!["id"]!;
        var cookie = owner.Http.Cookies.GetCookies(app.Host.Address)["clinic-passkey"]!;
        visitor.Http.Cookies.Add(app.Host.Address, new Cookie(cookie.Name, cookie.Value, "/"));

        await AssertRefusedAsync(visitor,
            await visitor.SendAsync(page, PasskeyVisitor.Login,
            owner.Authenticator.Get(options.ToJsonString(), app.Host.Address.GetLeftPart(UriPartial.Authority))));
    }

    [Fact]
    public async Task SignIn_WithACountThatGoesBack_IsRefusedAndAudited()
    {
        var email = await NewNurseAsync();
        using var owner = await PasskeyVisitor.RegisteredAsync(app.Host, email);
        using var visitor = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        owner.Authenticator.SignCount = 40;
        using var right = await visitor.SignInAsync();
        Assert.Equal("/", right.Headers.Location?.OriginalString);

        owner.Authenticator.SignCount = 12;
        using var copy = PasskeyVisitor.Open(app.Host, owner.Authenticator);
        await AssertRefusedAsync(copy, await copy.SignInAsync());

        var account = await AccountAsync(email);
        await using var db = await app.Host.OpenAsync();
        Assert.True(
            await db.Set<AuditEntry>().AnyAsync(entry => entry.AccountId == account.Id && entry.Act == AuditAct.PasskeyUsed
            && entry.Outcome == AuditOutcome.Failed && entry.Level == AuditLevel.Error));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task SignIn_UnknownWrongLockedOrSwitchedOff_AnswersAlike()
    {
        var (lockedEmail, offEmail) = (await NewNurseAsync(), await NewNurseAsync());
        using var locked = await PasskeyVisitor.RegisteredAsync(app.Host, lockedEmail);
        using var off = await PasskeyVisitor.RegisteredAsync(app.Host, offEmail);
        using var wrong = await RegisteredAsync();
        using var unknown = PasskeyVisitor.Open(app.Host);
        await ChangeAsync(offEmail, account => account.Deactivate());
        await ChangeAsync(lockedEmail,
            account => Enumerable.Range(0, Account.FailuresUntilLock).ToList()
            .ForEach(_ => account.CountFailure(app.Host.Clock.GetUtcNow())));

        var expected = await TextOfFailureAsync(unknown.Authenticator);

        Assert.Contains("This passkey does not open an account", expected, StringComparison.Ordinal);
        Assert.Equal(expected, await TextOfFailureAsync(locked.Authenticator));
        Assert.Equal(expected, await TextOfFailureAsync(off.Authenticator));
        Assert.Equal(expected, await TextOfFailureAsync(wrong.Authenticator, json => Change(json, "signature")));
        Assert.Equal(expected, await TextOfFailureAsync(wrong.Authenticator, _ => "{}"));
        Assert.Equal(expected, await TextOfFailureAsync(wrong.Authenticator, _ => "no JSON"));
        Assert.Equal(expected, await TextOfFailureAsync(wrong.Authenticator, _ => """{"id":"!"}"""));
    }

    [Theory]
    [Trait("Requirement", "S0-03")]
    [InlineData("http", "clinic-passkey=")]
    [InlineData("https", "__Host-clinic-passkey=")]
    public async Task Challenge_OverEitherScheme_IsInAShortLivedCookieForThisSiteAlone(string scheme, string name)
    {
        await using var host = await AppHost.StartAsync(configure: builder => builder.WebHost.UseUrls($"{scheme}://127.0.0.1:0"));
        using var visitor = host.NewVisitor();

        using var answer = await visitor.GetAsync($"{PasskeyVisitor.Login}?handler=PasskeyOptions");

        var parts = Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split("; ");
        Assert.StartsWith(name, parts[0], StringComparison.Ordinal);
        Assert.Equal(["httponly", "max-age=300", "path=/", "samesite=strict"],
            parts[1..].Where(part => part != "secure" && !part.StartsWith("expires", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
        Assert.Equal(scheme == "https", parts.Contains("secure"));
        var options = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("127.0.0.1", "required"), ((string?)options["rpId"], (string?)options["userVerification"]));
    }

    /// <summary>Changes one byte of a part of the answer.</summary>
    private static string Change(string json, string part)
    {
        var answer = JsonNode.Parse(json)!;
        var text = (string)answer["response"]![part]!;
        answer["response"]![part] = (text[0] == 'A' ? 'B' : 'A') + text[1..];
        return answer.ToJsonString();
    }

    private static async Task AssertRefusedAsync(PasskeyVisitor visitor, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull((await HttpVisitor.ReadAsync(answer)).QuerySelector("[data-testid=error-summary]"));
        Assert.Null(SessionOf(visitor.Http));
    }

    private static string? SessionOf(HttpVisitor visitor) => visitor.Cookies.GetAllCookies()["clinic-session"]?.Value;

    private async Task<string> TextOfFailureAsync(SoftAuthenticator authenticator, Func<string, string>? change = null)
    {
        using var visitor = PasskeyVisitor.Open(app.Host, authenticator);
        using var answer = await visitor.SignInAsync(change);
        await AssertRefusedAsync(visitor, answer);
        return (await HttpVisitor.ReadAsync(answer)).QuerySelector("main")!.TextContent;
    }

    private Task<string> NewNurseAsync() => app.Host.AddPersonAsync(Roles.Nurse, enrolled: true);

    private async Task<PasskeyVisitor> RegisteredAsync() => await PasskeyVisitor.RegisteredAsync(app.Host, await NewNurseAsync());

    private async Task<Account> AccountAsync(string email)
    {
        await using var db = await app.Host.OpenAsync();
        return await db.Set<Account>().SingleAsync(account => account.Email == email);
    }

    private async Task ChangeAsync(string email, Action<Account> change)
    {
        await using var db = await app.Host.OpenAsync();
        change(await db.Set<Account>().AsTracking().SingleAsync(account => account.Email == email));
        await db.SaveChangesAsync();
    }

}
