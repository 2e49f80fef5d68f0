using System.Net;
using System.Net.Sockets;
using System.Text;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Documents.Http;

/// <summary>Files on lines that are slow, break off, or outlive their session.</summary>
[Trait("Requirement", "S4-06")]
public sealed class UploadLineTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Bob = "bob@patient.example";

    [Fact]
    [Trait("Requirement", "C-04")]
    public async Task Upload_ThatTakesLongerThanASessionMayLieIdle_KeepsItAliveAndNotLonger()
    {
        var pdf = Sending.NewPdf(1024 * 1024);
        using var visitor = await app.Host.NewVisitorAsync(Bob);

        using var answer = await SendSlowlyAsync(visitor, pdf, () =>
        {
            app.Host.Clock.Advance(TimeSpan.FromMinutes(6));
            return Task.CompletedTask;
        });

        await answer.TakenAsync();
        using (var living = await visitor.GetAsync("/account/session"))
        {
            Assert.Equal(HttpStatusCode.OK, living.StatusCode);
        }

        app.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        using var ended = await visitor.GetAsync("/account/session");
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task Upload_WhoseSessionIsEndedMeanwhile_IsRefusedAndLeavesNothing()
    {
        var before = app.Host.FilesOfDocuments().Count;
        using var visitor = await app.Host.NewVisitorAsync(Bob);

        using var answer = await SendSlowlyAsync(visitor, Sending.NewPdf(1024 * 1024), () => app.Host.EndSessionsAsync(Bob));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(before, app.Host.FilesOfDocuments().Count);
    }

    [Fact]
    public async Task Upload_WhoseLineBreaks_LeavesNothing()
    {
        using var visitor = await app.Host.NewVisitorAsync(Bob);
        var (before, head) = (app.Host.FilesOfDocuments().Count, await HeadAsync(visitor, 4 * 1024 * 1024));
        using (var line = new TcpClient())
        {
            await line.ConnectAsync(app.Host.Address.Host, app.Host.Address.Port);
            await line.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head));
            await line.GetStream().WriteAsync(Sending.NewPdf(1024 * 1024));
            await TestTime.WaitUntilAsync(() => app.Host.BytesOnTheirWay() > 0);
        }

        await TestTime.WaitUntilAsync(() => app.Host.BytesOnTheirWay() == 0);
        Assert.Equal(before, app.Host.FilesOfDocuments().Count);
    }

    /// <summary>Sends a file in three parts; does something before the second and the third, once those before have arrived.</summary>
    private async Task<HttpResponseMessage> SendSlowlyAsync(HttpVisitor visitor, byte[] content, Func<Task> meanwhile)
    {
        var (token, part) = (await visitor.TokenAsync(), content.Length / 3);
        return await visitor.SendFileAsync(await PlaceAsync(), new SlowContent(async stream =>
        {
            for (var sent = 0; sent < content.Length;)
            {
                var written = app.Host.BytesOnTheirWay();
                var length = Math.Min(part, content.Length - sent);
                await stream.WriteAsync(content.AsMemory(sent, length));
                await stream.FlushAsync();
                sent += length;
                if (sent < content.Length)
                {
                    await TestTime.WaitUntilAsync(() => app.Host.BytesOnTheirWay() > written);
                    await meanwhile();
                }
            }
        }), token);
    }

    private async Task<string> HeadAsync(HttpVisitor visitor, int length)
    {
        var token = await visitor.TokenAsync();
        return string.Join("\r\n",
            $"POST /documents?{await PlaceAsync()} HTTP/1.1", $"Host: {app.Host.Address.Authority}",
            $"User-Agent: {HttpVisitor.Client.UserAgent}", $"Cookie: {visitor.Cookies.GetCookieHeader(app.Host.Address)}",
            "Content-Type: application/octet-stream", $"Content-Length: {length}", $"RequestVerificationToken: {token}",
            $"X-Command-Id: {Guid.CreateVersion7()}", "X-File-Name: letter.pdf", "", "");
    }

    private async Task<string> PlaceAsync() => $"patient={await app.Host.PatientOfAsync(Bob)}&record={await app.Host.RecordOfAsync(Bob)}";
}
