using System.Net;
using System.Net.WebSockets;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>A circuit belongs to the session that started it, for as long as that lives, and to nobody else.</summary>
[Trait("Requirement", "S4-02")]
public sealed class CircuitGuardTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Alice = "alice@patient.example";
    private const string Bob = "bob@patient.example";

    [Theory]
    [Trait("Requirement", "S2-12")]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1")]
    [InlineData("")]
    public async Task Connect_WithTheVictimsCookieFromAForeignPage_IsRefused(string origin)
    {
        var fault = await Assert.ThrowsAsync<WebSocketException>(
            async () => await RawCircuit.ConnectAsync(app.Host, await OpenAsync(Alice), origin));

        Assert.Contains("403", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_Anonymously_IsRefused()
    {
        var fault = await Assert.ThrowsAsync<WebSocketException>(() => RawCircuit.ConnectAsync(app.Host, sessionToken: null));

        Assert.Contains("401", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WithACookieFromAnotherBrowser_IsRefusedAndEndsTheSession()
    {
        var session = await OpenAsync(Alice);

        await Assert.ThrowsAsync<WebSocketException>(() => RawCircuit.ConnectAsync(app.Host, session, userAgent: "Thief"));

        await Assert.ThrowsAsync<WebSocketException>(() => RawCircuit.ConnectAsync(app.Host, session));
    }

    [Fact]
    public async Task TakeOver_ByTheSessionThatStartedIt_GoesOn()
    {
        var session = await OpenAsync(Alice);
        var secret = await StartAndLoseAsync(session);

        Assert.True(await ComesBackAsync(session, secret));
    }

    [Theory]
    [InlineData(Bob)]
    [InlineData(Alice)]
    [InlineData("admin@clinic.example")]
    public async Task TakeOver_WithAStolenSecretFromAnotherSession_IsRefusedAndLogged(string thief)
    {
        var session = await OpenAsync(Alice);
        var secret = await StartAndLoseAsync(session);
        await using var other = await RawCircuit.ConnectAsync(app.Host, await OpenAsync(thief));

        Assert.False(await other.TakeOverAsync(secret));

        Assert.True(await ComesBackAsync(session, secret));
        var log = await app.Host.ReadLogAsync();
        Assert.Contains("A circuit was asked for that this session did not start", log, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goodbye_WithAStolenSecret_EndsNothing()
    {
        var session = await OpenAsync(Alice);
        var secret = await StartAndLoseAsync(session);
        using var bob = await app.Host.NewVisitorAsync(Bob);
        using var nobody = app.Host.NewVisitor();

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized),
            (await SayGoodbyeAsync(bob, secret), await SayGoodbyeAsync(nobody, secret)));

        Assert.True(await ComesBackAsync(session, secret));
    }

    [Fact]
    public async Task Message_AfterTheSessionEnded_ClosesTheConnection()
    {
        var session = await OpenAsync(Alice);
        await using var circuit = await RawCircuit.ConnectAsync(app.Host, session);
        Assert.NotNull(await circuit.StartAsync(app.Host));
        await EndQuietlyAsync(session);

        await circuit.SendAsync("OnRenderCompleted", 1, null);

        // The watch over silent circuits would close it too, within twenty seconds and without these words.
        Assert.True(await circuit.IsClosedByServerAsync());
        Assert.Contains("A circuit's message was refused: its session has ended", await app.Host.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_AfterTheSessionEnded_IsCutWithinSeconds()
    {
        var session = await OpenAsync(Alice);
        await using var circuit = await RawCircuit.ConnectAsync(app.Host, session);
        Assert.NotNull(await circuit.StartAsync(app.Host));
        var actor = (await app.Host.Get<SessionService>().FindAsync(session, HttpVisitor.Client, CancellationToken.None))!.Actor;

        await app.Host.Get<SessionService>().SignOutAsync(actor);

        Assert.True(await circuit.IsClosedByServerAsync(15));
    }

    [Fact]
    public async Task Silence_AfterTheSessionEndedElsewhere_IsCut()
    {
        var session = await OpenAsync(Alice);
        await using var circuit = await RawCircuit.ConnectAsync(app.Host, session);
        Assert.NotNull(await circuit.StartAsync(app.Host));

        await EndQuietlyAsync(session);

        Assert.True(await circuit.IsClosedByServerAsync(30));
    }

    [Theory]
    [InlineData("ResumeCircuit")]
    [InlineData("PauseCircuit")]
    public async Task Message_ThatNoPageSends_ClosesTheConnection(string method)
    {
        await using var circuit = await RawCircuit.ConnectAsync(app.Host, await OpenAsync(Alice));
        object?[] arguments = method == "ResumeCircuit"
            ? ["secret", app.Host.Address.ToString(), app.Host.Address.ToString(), "[]", ""] : [];

        Assert.Null(await circuit.InvokeAsync(method, arguments));

        Assert.True(await circuit.IsClosedByServerAsync());
    }

    private static async Task<HttpStatusCode> SayGoodbyeAsync(HttpVisitor visitor, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/_blazor/disconnect")
        { Content = new MultipartFormDataContent { { new StringContent(secret), "circuitId" } } };
        request.Headers.Add("Origin", visitor.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var answer = await visitor.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<string> OpenAsync(string email) => app.Host.OpenSessionAsync(email, HttpVisitor.Client);

    private async Task<string> StartAndLoseAsync(string session)
    {
        await using var circuit = await RawCircuit.ConnectAsync(app.Host, session);
        return (await circuit.StartAsync(app.Host))!;
    }

    // The server may still be busy with the connection that was lost; a browser asks more than once too.
    private async Task<bool> ComesBackAsync(string session, string secret)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            await using var circuit = await RawCircuit.ConnectAsync(app.Host, session);
            if (await circuit.TakeOverAsync(secret))
            {
                return true;
            }

            await Task.Delay(200);
        }

        return false;
    }

    // As another instance would: nobody here is told.
    private async Task EndQuietlyAsync(string token)
    {
        var hash = app.Host.Get<Domain.Protection.TokenHasher>().Hash(SessionService.TokenPurpose, token);
        await using var db = await app.Host.OpenAsync();
        (await db.Set<Session>().AsTracking().SingleAsync(row => row.TokenHash == hash))
            .Revoke(SessionEnd.EndedByAdministrator, app.Host.Clock.GetUtcNow());
        await db.SaveChangesAsync();
    }
}
