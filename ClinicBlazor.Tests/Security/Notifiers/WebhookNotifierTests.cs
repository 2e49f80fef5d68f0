using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClinicBlazor.App.Hosting.Webhooks;
using ClinicBlazor.App.Security.Notifiers;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Security.Notifiers;

/// <summary>What is posted of an alert, to whom, and to whom never.</summary>
[Trait("Requirement", "S4-10")]
public sealed class WebhookNotifierTests : IAsyncLifetime
{
    private const string Secret = "a-secret-of-more-than-32-characters";
    private const string Path = "/in/a-secret-path";

    private readonly List<(string Path, string? Signature, string Body)> posted = [];
    private readonly TestClock clock = new();
    private WebApplication? elsewhere;
    private Func<HttpResponse, int> answer = _ => StatusCodes.Status204NoContent;

    private int Port => new Uri(elsewhere!.Urls.First()).Port;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        elsewhere = builder.Build();
        elsewhere.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            posted.Add((context.Request.Path, context.Request.Headers[WebhookNotifier.SignatureHeader], body));
            context.Response.StatusCode = answer(context.Response);
        });
        await elsewhere.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await elsewhere!.DisposeAsync();

    [Fact]
    public async Task Tell_OfAnAlert_PostsItsKindAndIsSignedWithItsTime()
    {
        var notice = NewNotice();
        using var notifier = NewNotifier(inside: true);

        await notifier.TellAsync(notice, default);

        var (path, signature, body) = Assert.Single(posted);
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        Assert.Equal($"t={time},v1={Convert.ToHexStringLower(mac)}", signature);
        Assert.Equal(Path, path);
        using var sent = JsonDocument.Parse(body);
        Assert.Equal(["clinic", "id", "kind", "severity", "at", "count", "url"],
            sent.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal($"{notice.AlertId}", sent.RootElement.GetProperty("id").GetString());
        Assert.Equal("FailedSignIns", sent.RootElement.GetProperty("kind").GetString());
        Assert.Equal("Urgent", sent.RootElement.GetProperty("severity").GetString());
        Assert.Equal(5, sent.RootElement.GetProperty("count").GetInt32());
        Assert.Equal("https://clinic.example/security", sent.RootElement.GetProperty("url").GetString());
        Assert.Equal(notice.At, sent.RootElement.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Tell_AfterARefusal_SaysTheStatusAloneAndIsTakenTheNextTime()
    {
        using var notifier = NewNotifier(inside: true);
        answer = _ => StatusCodes.Status500InternalServerError;
        var fault = await Assert.ThrowsAsync<AlertNotToldException>(() => notifier.TellAsync(NewNotice(), default));
        Assert.Equal("Clinic:Alerts:Webhook answered with 500", fault.Message);

        answer = _ => StatusCodes.Status200OK;
        await notifier.TellAsync(NewNotice(), default);

        Assert.Equal(2, posted.Count);
    }

    [Fact]
    public async Task Tell_ThatIsSentElsewhere_DoesNotFollow()
    {
        answer = response =>
        {
            response.Headers.Location = "/elsewhere";
            return StatusCodes.Status307TemporaryRedirect;
        };
        using var notifier = NewNotifier(inside: true);

        var fault = await Assert.ThrowsAsync<AlertNotToldException>(() => notifier.TellAsync(NewNotice(), default));

        Assert.Equal("Clinic:Alerts:Webhook answered with 307", fault.Message);
        Assert.Equal(Path, Assert.Single(posted).Path);
    }

    [Fact]
    public async Task Tell_WhereNobodyListens_SaysWhatKindOfFaultItWas()
    {
        using var notifier = NewNotifier(inside: true);
        await elsewhere!.StopAsync(CancellationToken.None);

        var fault = await Assert.ThrowsAsync<AlertNotToldException>(() => notifier.TellAsync(NewNotice(), default));

        Assert.Equal("Clinic:Alerts:Webhook cannot be reached (HttpRequestException)", fault.Message);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("169.254.169.254")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("[fe80::1]")]
    [InlineData("224.0.0.1")]
    [InlineData("localhost")]
    [Trait("Requirement", "S4-08")]
    public async Task Tell_AnAddressInsideOfTheMachine_ConnectsToNobody(string host)
    {
        using var notifier = NewNotifier(inside: false, host);

        var fault = await Assert.ThrowsAsync<AlertNotToldException>(() => notifier.TellAsync(NewNotice(), default));

        Assert.Equal("Clinic:Alerts:Webhook leads into this machine, which is not allowed", fault.Message);
        Assert.Empty(posted);
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("2001:db8::7", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("192.0.2.20", true)]
    [InlineData("::ffff:192.0.2.20", true)]
    [InlineData("2001:db8::20", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::127.0.0.1", true)]
    [InlineData("ff02::1", true)]
    [Trait("Requirement", "S4-08")]
    public void IsInside_ForAnAddress_KnowsTheMachinesOwnInEveryForm(string address, bool inside)
    {
        HashSet<IPAddress> own = [IPAddress.Parse("192.0.2.20"), IPAddress.Parse("2001:db8::20")];

        Assert.Equal(inside, OutsideConnection.IsInside(IPAddress.Parse(address), own));
        Assert.Contains(IPAddress.Loopback, OutsideConnection.OwnAddresses());
    }

    private static AlertNotice NewNotice() => new(Guid.CreateVersion7(), AlertKind.FailedSignIns, AlertSeverity.Urgent,
        new DateTimeOffset(2026, 11, 2, 9, 0, 7, TimeSpan.Zero), 5, ["ann@clinic.example"]);

    private WebhookNotifier NewNotifier(bool inside, string host = "127.0.0.1") => new(
        Options.Create(new ClinicSettings
        {
            Alerts = new AlertSettings { Webhook = $"http://{host}:{Port}{Path}", WebhookSecret = Secret, WebhookInsideHost = inside },
        }),
        new ConfigurationBuilder().AddInMemoryCollection([new("Clinic:PublicUrl", "https://clinic.example")]).Build(), clock);
}
