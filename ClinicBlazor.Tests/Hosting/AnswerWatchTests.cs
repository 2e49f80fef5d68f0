using System.Net;
using ClinicBlazor.App.Hosting.Refusals;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>Scanners kept out, and slow requests named.</summary>
[Trait("Requirement", "S4-09")]
public sealed class AnswerWatchTests(AnswerWatchTests.SlowApp app) : IClassFixture<AnswerWatchTests.SlowApp>
{
    private const string Delay = "X-Test-Delay";

    /// <summary>An application whose account pages take their time when a request asks for it.</summary>
    public sealed class SlowApp : AppFixture, IAsyncPageFilter
    {
        public async Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
        {
            if (context.HttpContext.Request.Headers.ContainsKey(Delay))
            {
                await Task.Delay(AnswerWatchMiddleware.Slow + TimeSpan.FromMilliseconds(100), context.HttpContext.RequestAborted);
                if (context.HttpContext.Request.Headers[Delay] == "fault")
                {
                    throw new InvalidOperationException("too late");
                }
            }
        }

        public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => next();

        protected override void Configure(WebApplicationBuilder builder) =>
            builder.Services.Configure<MvcOptions>(options => options.Filters.Add(this));
    }

    [Theory]
    [InlineData("sqlmap/1.7.2#stable (https://sqlmap.org)")]
    [InlineData("Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:000001)")]
    [InlineData("Wapiti/3.0.4")]
    [InlineData("Mozilla/5.0 (compatible; Nuclei - Open-source project (github.com/projectdiscovery/nuclei))")]
    [InlineData("masscan/1.3 (https://github.com/robertdavidgraham/masscan)")]
    [InlineData("Mozilla/5.0 zgrab/0.x")]
    [InlineData("Mozilla/5.0 (compatible; Acunetix)")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Trident/4.0) Nessus SOAP")]
    [InlineData("DirBuster-1.0-RC1 (http://www.owasp.org/index.php/Category:OWASP_DirBuster_Project)")]
    [InlineData("gobuster/3.6")]
    [InlineData("Fuzz Faster U Fool v2.1.0")]
    [InlineData("w3af.org")]
    public async Task Scanner_ByItsName_IsRefusedEverywhereAndLogged(string agent)
    {
        using var visitor = app.Host.NewVisitor();
        visitor.Http.DefaultRequestHeaders.Remove("User-Agent");
        visitor.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        foreach (var path in (string[])["/", "/Identity/Account/Login", "/healthz", "/css/tokens.css", "/no/such/page"])
        {
            using var answer = await visitor.GetAsync(path);

            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            SecurityHeadersTests.AssertWhole(answer);
            var line = await LineAsync(answer, "Refused");
            Assert.EndsWith("Refused: Scanner, answered 403", line.Trim(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36")]
    [InlineData(
        "Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:125.0) Gecko/20100101 Firefox/125.0")]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Safari/537.36")]
    [InlineData("curl/8.5.0")]
    [InlineData("kube-probe/1.29")]
    [InlineData("")]
    public async Task Browser_OrProbe_IsLetIn(string agent)
    {
        using var visitor = app.Host.NewVisitor();
        visitor.Http.DefaultRequestHeaders.Remove("User-Agent");
        visitor.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Identity/Account/Login")).StatusCode);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("fault")]
    public async Task Request_OverASecond_IsLoggedByItsRouteAlone(string kind)
    {
        using var visitor = app.Host.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Identity/Account/Login?returnUrl=%2Fpatients%3Fq%3DQuillfeather");
        request.Headers.Add(Delay, kind);

        using var answer = await visitor.Http.SendAsync(request);

        var line = await LineAsync(answer, "Slow");
        Assert.Matches("Slow request: GET Identity/Account/Login took [1-9][0-9]{3,} ms", line);
        Assert.DoesNotContain("Quillfeather", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_UnderASecondAndSocketOfACircuit_AreNotCalledSlow()
    {
        using var visitor = app.Host.NewVisitor();
        using var answer = await QuickAnswerAsync(visitor);
        string id;
        using (var socket = await CircuitSocket.OpenAsync(app.Host, "alice@patient.example"))
        {
            id = socket.HeaderOf("X-Request-Id")!;
            await Task.Delay(AnswerWatchMiddleware.Slow + TimeSpan.FromMilliseconds(200));
        }

        await Task.Delay(500);
        var log = await app.Host.ReadLogAsync();
        Assert.DoesNotContain(log.Split('\n'),
            line => line.Contains("Slow request", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Split('\n'),
            line => line.Contains("Slow request", StringComparison.Ordinal) && line.Contains(IdOf(answer), StringComparison.Ordinal));
    }

    /// <summary>An answer that was quick to whoever asked; the first ones of a host may not be.</summary>
    private static async Task<HttpResponseMessage> QuickAnswerAsync(HttpVisitor visitor)
    {
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var answer = await visitor.GetAsync("/Identity/Account/Login");
            if (TimeProvider.System.GetElapsedTime(started) < AnswerWatchMiddleware.Slow)
            {
                return answer;
            }

            answer.Dispose();
        }

        throw new InvalidOperationException("No answer took less than a second.");
    }

    private static string IdOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("X-Request-Id"));

    /// <summary>The one line of a request that begins so. It is written after the answer has gone out.</summary>
    private async Task<string> LineAsync(HttpResponseMessage answer, string beginning)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var lines = (await app.Host.ReadLogAsync()).Split('\n')
                .Where(line => line.Contains($" {IdOf(answer)} ", StringComparison.Ordinal)
                    && line.Contains($" {beginning}", StringComparison.Ordinal)).ToList();
            if (lines.Count > 0)
            {
                return Assert.Single(lines);
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"No line begins with {beginning}.");
    }
}
