using System.Net;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>The time between the server's start and the clinic's.</summary>
[Trait("Requirement", "C-06")]
public sealed class ReadinessTests
{
    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.ServiceUnavailable)]
    public async Task HealthCheck_BeforeTheClinicHasStarted_IsAnsweredAtOnce(string path, HttpStatusCode expected)
    {
        await using var host = await AppHost.ListenAsync();
        using var visitor = host.NewVisitor();

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/Identity/Account/Login")]
    [InlineData("/css/tokens.css")]
    [InlineData("/")]
    [InlineData("/no/such/page")]
    public async Task Request_BeforeTheClinicHasStarted_WaitsForIt(string path)
    {
        await using var host = await AppHost.ListenAsync();
        using var visitor = host.NewVisitor();

        var waiting = visitor.GetAsync(path);
        using var health = await visitor.GetAsync("/healthz");
        var early = waiting.IsCompleted;
        await host.StartClinicAsync();
        using var answer = await waiting;

        Assert.False(early);
        Assert.True((int)answer.StatusCode < (int)HttpStatusCode.InternalServerError, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task Server_BeforeTheClinicHasStarted_TouchesNoDatabaseAndLogsNoFault()
    {
        await using var host = await AppHost.ListenAsync();
        using var visitor = host.NewVisitor();
        using (await visitor.GetAsync("/readyz"))
        {
            Assert.False(File.Exists(Path.Combine(host.DataDirectory, "clinic.db")));
        }

        await host.StartClinicAsync();
        await visitor.OpenAsync("/Identity/Account/Login");

        Assert.DoesNotContain("[ERR]", await host.ReadLogAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("[FTL]", await host.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WhenTheClinicDoesNotStart_GetsACalmPageAndIsToldToComeAgain()
    {
        await using var host = await AppHost.ListenAsync();
        using var visitor = host.NewVisitor();

        var waiting = visitor.GetAsync("/Identity/Account/Login");
        using (await visitor.GetAsync("/healthz"))
        {
            await host.StopAsync();
        }

        using var answer = await waiting;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        SecurityHeadersTests.AssertWhole(answer);
    }
}
