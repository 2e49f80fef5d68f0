using System.Net;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Hosting;

namespace ClinicBlazor.Tests.Web;

/// <summary>The cookie that names a session.</summary>
[Trait("Requirement", "S0-03")]
public sealed class SessionCookieTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Theory]
    [InlineData("http", "clinic-session=")]
    [InlineData("https", "__Host-clinic-session=")]
    public async Task SignIn_OverEitherScheme_SetsACookieForThisBrowserSessionOnly(string scheme, string name)
    {
        await using var host = await AppHost.StartAsync(configure: builder => builder.WebHost.UseUrls($"{scheme}://127.0.0.1:0"));
        using var visitor = host.NewVisitor();

        using var answer = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "alice@patient.example"),
            ("Input.Password", DemoData.Password));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"),
            cookie => cookie.Contains("clinic-session", StringComparison.Ordinal));
        var parts = cookie.Split("; ");
        Assert.StartsWith(name, parts[0], StringComparison.Ordinal);
        Assert.Contains("httponly", parts);
        Assert.Contains("samesite=lax", parts);
        Assert.Contains("path=/", parts);
        Assert.Equal(scheme == "https", parts.Contains("secure"));
        Assert.DoesNotContain(parts, part => part.StartsWith("expires", StringComparison.Ordinal)
            || part.StartsWith("max-age", StringComparison.Ordinal) || part.StartsWith("domain", StringComparison.Ordinal));
        using var home = await visitor.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Theory]
    [Trait("Requirement", "S2-01")]
    [InlineData("http", "clinic-browser=")]
    [InlineData("https", "__Host-clinic-browser=")]
    public async Task SignIn_OnceComplete_MakesTheBrowserKnownForAYear(string scheme, string name)
    {
        const string Email = "nurse@clinic.example";
        await using var host = await AppHost.StartAsync(configure: builder => builder.WebHost.UseUrls($"{scheme}://127.0.0.1:0"));
        using var visitor = host.NewVisitor();
        using var first = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", Email),
            ("Input.Password", DemoData.Password));
        Assert.DoesNotContain(first.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("clinic-browser", StringComparison.Ordinal));

        using var second = await visitor.SubmitAsync("/Identity/Account/LoginWith2fa",
            ("Input.TwoFactorCode", await host.NewCodeAsync(Email)));

        var parts = Assert.Single(second.Headers.GetValues("Set-Cookie"),
            cookie => cookie.Contains("clinic-browser", StringComparison.Ordinal)).Split("; ");
        Assert.StartsWith(name, parts[0], StringComparison.Ordinal);
        Assert.Contains("httponly", parts);
        Assert.Contains("samesite=strict", parts);
        Assert.Contains("path=/", parts);
        Assert.Contains($"max-age={TimeSpan.FromDays(KnownBrowsers.Days).TotalSeconds}", parts);
        Assert.Equal(scheme == "https", parts.Contains("secure"));

        using var stranger = host.NewVisitor();
        for (var i = 0; i < Account.FailuresUntilLock; i++)
        {
            await stranger.SubmitAsync("/Identity/Account/Login", ("Input.Email", Email), ("Input.Password", "not the password"));
        }

        await stranger.SubmitAsync("/Identity/Account/Login", ("Input.Email", Email), ("Input.Password", DemoData.Password));
        using var refused = await stranger.GetAsync("/Identity/Account/LoginWith2fa");
        await visitor.SubmitAsync("/Identity/Account/Logout");
        await visitor.SignInAsync(Email);
        using var home = await visitor.GetAsync("/account");

        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Theory]
    [InlineData("alice@patient.example", Session.PatientHours)]
    [InlineData("nurse@clinic.example", Session.StaffHours)]
    public async Task Session_AtItsAbsoluteEnd_IsOver(string email, int hours)
    {
        using var visitor = await app.Host.NewVisitorAsync(email);
        await app.Host.WorkOnAsync(email, TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1));
        using var before = await visitor.GetAsync("/account");
        app.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var after = await visitor.GetAsync("/account");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }
}
