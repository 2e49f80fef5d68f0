using System.Net;
using ClinicBlazor.App.Hosting.Checks;
using ClinicBlazor.App.Hosting.Network;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>HTTPS outside Development, and who is believed about the client behind a reverse proxy.</summary>
[Trait("Requirement", "S3-01")]
public sealed class TransportTests
{
    private const string Site = "clinic.example.org";
    private const string Hsts = "Strict-Transport-Security";

    private static readonly Dictionary<string, string?> BehindProxy =
        new()
        {
            [NetworkList.Proxies] = "127.0.0.0/8, ::1", ["Clinic:PublicUrl"] = $"https://{Site}",
            ["Clinic:RateLimits:Enabled"] = "true"
        };

    [Fact]
    public async Task Request_OverPlainHttp_IsSentToHttpsAndGetsNothingElse()
    {
        await using var host = await AppHost.StartAsync(BehindProxy, environment: "Production");
        using var visitor = host.NewVisitor();
        foreach (
            var path in (string[])["/", "/healthz", "/css/tokens.css", "/Identity/Account/Login?returnUrl=%2Faccount", "/no/such/page"])
        {
            using var answer = await visitor.GetAsync(path);

            Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
            Assert.Equal($"https://127.0.0.1{path}", answer.Headers.Location!.OriginalString);
            Assert.Empty(await answer.Content.ReadAsStringAsync());
            SecurityHeadersTests.AssertWhole(answer);
        }
    }

    [Fact]
    [Trait("Requirement", "S3-02")]
    public async Task Request_OverHttps_IsAnsweredAndRemembered()
    {
        await using var host = await AppHost.StartAsync(BehindProxy, environment: "Production");
        using var visitor = host.NewVisitor();

        using var answer = await ForwardAsync(visitor, HttpMethod.Get, "/Identity/Account/Login");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains; preload", Assert.Single(answer.Headers.GetValues(Hsts)));
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"),
            cookie => cookie.StartsWith("__Host-clinic-antiforgery=", StringComparison.Ordinal)
            && cookie.Contains("; secure", StringComparison.Ordinal));
        SecurityHeadersTests.AssertWhole(answer);
    }

    [Fact]
    public async Task Request_InDevelopment_IsAnsweredOverPlainHttpAndNotRemembered()
    {
        await using var host = await AppHost.StartAsync();
        using var visitor = host.NewVisitor();

        using var answer = await visitor.GetAsync("/Identity/Account/Login");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains(Hsts));
    }

    [Theory]
    [InlineData("127.0.0.0/8", "1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "1", "198.51.100.66, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1,10.9.0.0/16", "2", "198.51.100.66, 203.0.113.7, 10.9.0.4", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "2", "198.51.100.66, 203.0.113.7, 127.0.0.4", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "2", "127.0.0.9, 203.0.113.7, 127.0.0.4", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "1", "198.51.100.66, 127.0.0.9", "127.0.0.9")]
    [InlineData("127.0.0.0/8", "1", "::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("10.9.0.0/16", "2", "203.0.113.7", "127.0.0.1")]
    [InlineData("", "2", "203.0.113.7", "127.0.0.1")]
    public async Task Address_InTheAuditTrail_IsTheClientsOnlyByWordOfAProxy(string proxies, string hops, string forwardedFor,
        string expected)
    {
        await using var host = await AppHost.StartAsync(
            new Dictionary<string, string?>(BehindProxy) { [NetworkList.Proxies] = proxies, [ReverseProxy.HopsSetting] = hops });
        using var visitor = host.NewVisitor();
        var page = await visitor.OpenAsync("/Identity/Account/Login");
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);

        await visitor.SubmitAsync(page, "/Identity/Account/Login", "main form", ("Input.Email", "nobody@elsewhere.example"),
            ("Input.Password", "wrong"));

        await using var db = await host.OpenAsync();
        Assert.Equal(expected, (await db.Set<AuditEntry>().SingleAsync(entry => entry.Act == AuditAct.SignIn)).Address);
    }

    [Theory]
    [InlineData("203.0.113.7, 127.0.0.4", HttpStatusCode.NotFound)]
    [InlineData("10.20.0.9, 203.0.113.7, 127.0.0.4", HttpStatusCode.NotFound)]
    [InlineData("10.20.0.9, 127.0.0.4", HttpStatusCode.Redirect)]
    [Trait("Requirement", "S2-07")]
    public async Task Administration_BehindTwoProxiesOfOneNetwork_IsOpenFromItsOwnAlone(string forwardedFor, HttpStatusCode expected)
    {
        await using var host = await AppHost.StartAsync(new Dictionary<string, string?>(BehindProxy)
        {
            [NetworkList.Proxies] = "127.0.0.0/8",
            [NetworkList.Administration] = "10.20.0.0/16",
            [ReverseProxy.HopsSetting] = "2",
        });
        using var visitor = host.NewVisitor();
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var answer = await visitor.GetAsync("/admin/accounts");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    public async Task Hops_OutOfTheirLimits_StopTheStart(string hops)
    {
        var refusal = await Assert.ThrowsAsync<StartupRefusedException>(
            () => AppHost.StartAsync(new Dictionary<string, string?>(BehindProxy) { [ReverseProxy.HopsSetting] = hops }));

        Assert.Contains(ReverseProxy.HopsSetting, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Site, HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("evil.example:443", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    public async Task Host_ThatAProxyPassesOn_IsHeldToTheAllowedOnes(string forwarded, HttpStatusCode expected)
    {
        await using var host = await AppHost.StartAsync(
            new Dictionary<string, string?>(BehindProxy) { ["AllowedHosts"] = $"{Site};127.0.0.1" }, environment: "Production");
        using var visitor = host.NewVisitor();
        foreach (var path in (string[])["/Identity/Account/Login", "/_blazor/negotiate?negotiateVersion=1", "/healthz"])
        {
            using var request = new HttpRequestMessage(
                path.StartsWith("/_blazor", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", forwarded);
            request.Headers.Add("Origin", $"https://{forwarded}");
            using var answer = await visitor.Http.SendAsync(request);

            if (expected == HttpStatusCode.BadRequest || !path.StartsWith("/_blazor", StringComparison.Ordinal))
            {
                Assert.Equal(expected, answer.StatusCode);
            }

            Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Redirect_ToHttps_GoesToNoHostThatIsNotAllowed()
    {
        await using var host = await AppHost.StartAsync(
            new Dictionary<string, string?>(BehindProxy) { ["AllowedHosts"] = $"{Site};127.0.0.1" }, environment: "Production");
        using var visitor = host.NewVisitor();
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");

        using var answer = await visitor.GetAsync("/account");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("127.0.0.0/8", false)]
    [InlineData("", true)]
    [Trait("Requirement", "S2-02")]
    public async Task RateLimit_OfClientsBehindAProxy_CountsEachOfThemAndNobodysWord(string proxies, bool together)
    {
        await using var host = await AppHost.StartAsync(new Dictionary<string, string?>(BehindProxy) { [NetworkList.Proxies] = proxies });
        using var visitor = host.NewVisitor();
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post,
                "/Identity/Account/Login")
            { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{attempt}");
            using var answer = await visitor.Http.SendAsync(request);
            SecurityHeadersTests.AssertWhole(answer);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(together, statuses[^1] == HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("127.0.0.0/8", $"https://{Site}", HttpStatusCode.OK)]
    [InlineData("127.0.0.0/8", "own", HttpStatusCode.Forbidden)]
    [InlineData("", $"https://{Site}", HttpStatusCode.Forbidden)]
    [InlineData("", "own", HttpStatusCode.OK)]
    [Trait("Requirement", "S2-12")]
    public async Task Circuit_BehindAProxy_OpensForTheSiteThatPeopleSee(string proxies, string origin, HttpStatusCode expected)
    {
        await using var host = await AppHost.StartAsync(new Dictionary<string, string?>(BehindProxy) { [NetworkList.Proxies] = proxies });
        using var visitor = host.NewVisitor();
        var secure = proxies.Length > 0 ? "__Host-clinic-session" : "clinic-session";
        visitor.Http.DefaultRequestHeaders.Add("Cookie",
            $"{secure}={await host.OpenSessionAsync("alice@patient.example", HttpVisitor.Client with { Address = proxies.Length > 0 ? "203.0.113.7" : "127.0.0.1" })}");

        using var answer = await ForwardAsync(visitor, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1",
            origin == "own" ? host.Address.GetLeftPart(UriPartial.Authority) : origin);

        Assert.Equal(expected, answer.StatusCode);
    }

    /// <summary>A request as a proxy passes it on, for a client that came over HTTPS.</summary>
    private static async Task<HttpResponseMessage> ForwardAsync(HttpVisitor visitor, HttpMethod method, string path, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", Site);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await visitor.Http.SendAsync(request);
    }
}
