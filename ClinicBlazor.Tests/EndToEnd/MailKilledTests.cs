using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ClinicBlazor.Tests.Support;
using MimeKit;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The server is killed while mail leaves it: what was promised to a visitor is sent all the same.</summary>
[Trait("Requirement", "B-13")]
public sealed class MailKilledTests
{
    private const int Rounds = 2;
    private const int People = 24;
    private const string Register = "/Identity/Account/Register";

    [Fact]
    public async Task Kill_WhileMailLeaves_LosesNoneThatWasPromised()
    {
        await using var server = await ServerProcess.StartAsync(("Clinic__RateLimits__Enabled", "false"));
        var folder = Directory.CreateDirectory(Path.Combine(server.DataDirectory, "outgoing-mail"));
        var promised = new ConcurrentBag<string>();
        var waitingAtTheKill = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
            var form = await FormAsync(client);
            var (before, at) = (promised.Count, round);
            var people = Enumerable.Range(0, People).Select(i => $"round{at}.person{i}@patient.example");
            var asking = Task.WhenAll(people.Select(email => AskAsync(client, form, email)));
            await TestTime.WaitUntilAsync(() => promised.Count >= before + (People / 2));
            await server.KillAsync();
            await asking;
            waitingAtTheKill += promised.Except(Addresses(), StringComparer.Ordinal).Count();
            await server.RestartAsync();
        }

        // A try that the kill cut off is made again a minute later.
        await TestTime.WaitUntilAsync(() => promised.All(Addresses().Contains), atMost: TimeSpan.FromMinutes(5));

        var sent = Addresses();
        Assert.Equal(sent.Count, sent.Distinct(StringComparer.Ordinal).Count());
        Assert.True(waitingAtTheKill > 0, "Every mail had left before the server was killed.");
        return;

        async Task AskAsync(HttpClient client, IReadOnlyDictionary<string, string> form, string email)
        {
            var fields = new Dictionary<string, string>(form) { ["Input.DisplayName"] = "Nele Newcomer", ["Input.Email"] = email };
            try
            {
                using var content = new FormUrlEncodedContent(fields);
                using var answer = await client.PostAsync(Register, content);
                if (answer.StatusCode == HttpStatusCode.Redirect)
                {
                    promised.Add(email);
                }
            }
            catch (HttpRequestException)
            {
                // Nothing was promised.
            }
        }

        List<string> Addresses() =>
            [.. folder.GetFiles("*.eml").Select(file => MimeMessage.Load(file.FullName, default).To.Mailboxes.Single().Address)];
    }

    private static async Task<IReadOnlyDictionary<string, string>> FormAsync(HttpClient client)
    {
        using var page = await new HtmlParser().ParseDocumentAsync(await client.GetStringAsync(Register));
        return page.QuerySelectorAll("main form[method=post] input[name]").OfType<IHtmlInputElement>()
            .ToDictionary(input => input.Name!, input => input.Value);
    }
}
