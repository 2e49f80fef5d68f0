using System.Net;
using System.Text.Json;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using MimeKit;

namespace ClinicBlazor.Tests.Audit.Anchors;

/// <summary>The application as it runs: anchors are in the file, and at the other places, from its start to its stop.</summary>
[Trait("Requirement", "B-12")]
public sealed class AnchorPostTests
{
    [Fact]
    public async Task Application_FromStartToStop_PostsAndMailsWhatStandsInItsFile()
    {
        var posted = new List<string>();
        await using var elsewhere = await ListenAsync(posted, HttpStatusCode.NoContent);
        using var file = new TestFolder();
        var anchors = Path.Combine(file.Path, "anchors.txt");
        var mails = new List<string>();
        await using (var host = await AppHost.StartAsync(new Dictionary<string, string?>
        {
            ["Clinic:Anchors:Webhook"] = $"{elsewhere.Urls.First()}/anchors",
            ["Clinic:Anchors:MailTo"] = "keeper@elsewhere.example",
            ["Clinic:Anchors:File"] = anchors,
        }))
        {
            await TestTime.WaitUntilAsync(() => host.Get<AnchorFile>().Read()?.Anchors.Count == 2
                && Directory.GetFiles(Path.Combine(host.DataDirectory, "outgoing-mail"), "*.eml").Length == 2);
            foreach (var mail in Directory.GetFiles(Path.Combine(host.DataDirectory, "outgoing-mail"), "*.eml"))
            {
                using var message = await MimeMessage.LoadAsync(mail, CancellationToken.None);
                Assert.Equal("keeper@elsewhere.example", message.To.Mailboxes.Single().Address);
                mails.Add((await File.ReadAllTextAsync(mail, CancellationToken.None)).Split("\r\n")
                    .Single(line => line.StartsWith("audit-anchor", StringComparison.Ordinal)));
            }
        }

        var lines = await File.ReadAllLinesAsync(anchors, CancellationToken.None);
        Assert.Equal(["Begin", "Start", "Stop"], lines.Select(line => line.Split(' ')[3]));
        Assert.Equal(lines, posted);
        Assert.Equal(lines[..2].Order(StringComparer.Ordinal), mails.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Application_WithAPlaceThatRefuses_StartsAllTheSameAndLogsIt()
    {
        await using var elsewhere = await ListenAsync([], HttpStatusCode.BadGateway);
        await using var host = await AppHost.StartAsync(
            new Dictionary<string, string?> { ["Clinic:Anchors:Webhook"] = $"{elsewhere.Urls.First()}/anchors" });

        await TestTime.WaitUntilAsync(
            () => host.ReadLogAsync().GetAwaiter().GetResult().Contains("answered with 502", StringComparison.Ordinal));
        using var visitor = host.NewVisitor();
        using var answer = await visitor.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<WebApplication> ListenAsync(List<string> posted, HttpStatusCode answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var listener = builder.Build();
        listener.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            lock (posted)
            {
                posted.Add(body.RootElement.GetProperty("anchor").GetString()!);
            }

            context.Response.StatusCode = (int)answer;
        });
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }
}
