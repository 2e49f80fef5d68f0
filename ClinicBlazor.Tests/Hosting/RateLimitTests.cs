using System.Globalization;
using System.Net;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>How often one address may try.</summary>
[Trait("Requirement", "S2-02")]
public sealed class RateLimitTests(RateLimitTests.LimitedApp app) : IClassFixture<RateLimitTests.LimitedApp>
{
    public sealed class LimitedApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } =
            new Dictionary<string, string?> { ["Clinic:RateLimits:Enabled"] = "true" };
    }

    [Theory]
    [InlineData("/Identity/Account/Login", 5, 20)]
    [InlineData("/Identity/Account/LoginWith2fa", 5, 60)]
    [InlineData("/Identity/Account/Register", 3, 10)]
    [InlineData("/Identity/Account/ForgotPassword", 3, 10)]
    [InlineData("/Identity/Account/ResetPassword", 3, 10)]
    [InlineData("/api/token/refresh", 30, 200)]
    public async Task Form_SentOftenerThanItsLimits_IsToldWhenToTryAgain(string path, int perMinute, int perHour)
    {
        using var visitor = app.Host.NewVisitor();
        await TakeAsync(visitor, path, perMinute);
        await AssertRefusedAsync(visitor, path, 1, 60);
        await AssertRefusedAsync(visitor, path.ToUpperInvariant() + "/", 1, 60);
        using var opened = await visitor.GetAsync(path);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, opened.StatusCode);

        var left = perHour - perMinute;
        while (left > 0)
        {
            app.Host.Clock.Advance(TimeSpan.FromSeconds(61));
            await TakeAsync(visitor, path, Math.Min(left, perMinute));
            left -= perMinute;
        }

        // A minute later it is the hour that refuses.
        app.Host.Clock.Advance(TimeSpan.FromSeconds(61));
        var wait = await AssertRefusedAsync(visitor, path, 61, 3600);
        app.Host.Clock.Advance(wait - TimeSpan.FromSeconds(10));
        await AssertRefusedAsync(visitor, path, 1, 10);
        app.Host.Clock.Advance(TimeSpan.FromSeconds(10));
        await TakeAsync(visitor, path, 1);
    }

    [Theory]
    [InlineData("en", "Please wait a minute", "Please wait 57 minutes")]
    [InlineData("es", "Espere un minuto", "Espere 57 minutos")]
    public async Task Page_OfARefusal_SaysInTheReadersLanguageWhenToTryAgain(string language, string minute, string hour)
    {
        const string Path = "/Identity/Account/Register";
        await using var host = await AppHost.StartAsync(new Dictionary<string, string?> { ["Clinic:RateLimits:Enabled"] = "true" });
        using var visitor = host.NewVisitor();
        visitor.Http.DefaultRequestHeaders.Add("Accept-Language", language);
        await TakeAsync(visitor, Path, 3);
        Assert.Contains(minute, await RefusalAsync(visitor, Path), StringComparison.Ordinal);

        foreach (var further in (int[])[3, 3, 1])
        {
            host.Clock.Advance(TimeSpan.FromSeconds(61));
            await TakeAsync(visitor, Path, further);
        }

        Assert.Contains(hour, await RefusalAsync(visitor, Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_FromAddressesOfOneNetworkOfIpv6_CountsTogether()
    {
        const string Path = "/Identity/Account/Register";
        await using var host = await AppHost.StartAsync(
            new Dictionary<string, string?> { ["Clinic:RateLimits:Enabled"] = "true" },
                builder => builder.Services.AddSingleton<IStartupFilter>(new ClaimedAddress()));
        using var visitor = host.NewVisitor();
        for (var i = 1; i <= 3; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, await SendFromAsync(visitor, Path, $"2001:db8:1:2::{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await SendFromAsync(visitor, Path, "2001:db8:1:2:9:9:9:9"));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, await SendFromAsync(visitor, Path, "2001:db8:1:3::1"));
    }

    [Fact]
    public async Task SecondFactor_WithCodesAndRecoveryCodesInTurn_CountsThemTogether()
    {
        await using var host = await AppHost.StartAsync(new Dictionary<string, string?> { ["Clinic:RateLimits:Enabled"] = "true" });
        using var visitor = host.NewVisitor();
        string[] pages = ["/Identity/Account/LoginWith2fa", "/Identity/Account/LoginWithRecoveryCode"];
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var answer = await SendAsync(visitor, pages[attempt % 2], attempt);
            statuses.Add(answer.StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses[..5]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[5]);
    }

    [Fact]
    [Trait("Requirement", "B-01")]
    public async Task SignIn_WithPasswordsAndPasskeysInTurn_CountsThemTogether()
    {
        await using var host = await AppHost.StartAsync(new Dictionary<string, string?> { ["Clinic:RateLimits:Enabled"] = "true" });
        using var visitor = host.NewVisitor();
        string[] forms = ["/Identity/Account/Login", "/Identity/Account/Login?handler=Passkey"];
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var answer = await SendAsync(visitor, forms[attempt % 2], attempt);
            statuses.Add(answer.StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, statuses[..5]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[5]);
    }

    private static async Task TakeAsync(HttpVisitor visitor, string path, int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            using var taken = await SendAsync(visitor, path, attempt);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, taken.StatusCode);
        }
    }

    private static async Task<TimeSpan> AssertRefusedAsync(HttpVisitor visitor, string path, int atLeast, int atMost)
    {
        using var refused = await SendAsync(visitor, path, attempt: 0);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var seconds = int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture);
        Assert.InRange(seconds, atLeast, atMost);
        return TimeSpan.FromSeconds(seconds);
    }

    private static async Task<string> RefusalAsync(HttpVisitor visitor, string path)
    {
        using var refused = await SendAsync(visitor, path, attempt: 0);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        return (await HttpVisitor.ReadAsync(refused)).QuerySelector("main")!.TextContent;
    }

    private static async Task<HttpStatusCode> SendFromAsync(HttpVisitor visitor, string path, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add(ClaimedAddress.Header, address);
        using var answer = await visitor.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Sends an empty form from what claims to be another address each time.</summary>
    private static Task<HttpResponseMessage> SendAsync(HttpVisitor visitor, string path, int attempt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("X-Forwarded-For", $"198.51.100.{attempt}");
        return visitor.Http.SendAsync(request);
    }

    /// <summary>Gives a connection the address that a header names, as a trusted proxy in front would.</summary>
    private sealed class ClaimedAddress : IStartupFilter
    {
        public const string Header = "Test-Address";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, proceed) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[Header].ToString());
                return proceed(context);
            });
            next(app);
        };
    }
}
