using System.Globalization;
using System.Net;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>How often one address may try.</summary>
[Trait("Requirement", "S2-02")]
public sealed class RateLimitTests(RateLimitTests.LimitedApp app) : IClassFixture<RateLimitTests.LimitedApp>
{
    public sealed class LimitedApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Clinic:RateLimits:Enabled"] = "true" };
    }

    [Theory]
    [InlineData("/Identity/Account/Login", 5)]
    [InlineData("/Identity/Account/LoginWith2fa", 5)]
    [InlineData("/Identity/Account/Register", 3)]
    [InlineData("/Identity/Account/ForgotPassword", 3)]
    [InlineData("/Identity/Account/ResetPassword", 5)]
    public async Task Form_SentOftenerThanItsLimit_IsToldWhenToTryAgain(string path, int limit)
    {
        using var visitor = app.Host.NewVisitor();
        for (var attempt = 0; attempt < limit; attempt++)
        {
            using var taken = await SendAsync(visitor, path, attempt);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, taken.StatusCode);
        }

        using var refused = await SendAsync(visitor, path, limit);
        using var otherSpelling = await SendAsync(visitor, path.ToUpperInvariant() + "/", limit + 1);
        using var opened = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, otherSpelling.StatusCode);
        Assert.InRange(int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture), 1, 60);
        Assert.Contains("Please wait a minute", (await HttpVisitor.ReadAsync(refused)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, opened.StatusCode);
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

    /// <summary>Sends an empty form from what claims to be another address each time.</summary>
    private static Task<HttpResponseMessage> SendAsync(HttpVisitor visitor, string path, int attempt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("X-Forwarded-For", $"198.51.100.{attempt}");
        return visitor.Http.SendAsync(request);
    }
}
