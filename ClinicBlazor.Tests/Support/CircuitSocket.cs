using System.Net;
using System.Net.WebSockets;

namespace ClinicBlazor.Tests.Support;

/// <summary>The socket under a circuit, as a browser opens it from one of this site's pages, without the page.</summary>
internal sealed class CircuitSocket : IDisposable
{
    private readonly ClientWebSocket socket = new();

    public HttpStatusCode Status => socket.HttpStatusCode;

    public static async Task<CircuitSocket> OpenAsync(AppHost app, string email)
    {
        var opened = new CircuitSocket();
        var options = opened.socket.Options;
        options.CollectHttpResponseDetails = true;
        options.SetRequestHeader("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        options.SetRequestHeader("User-Agent", HttpVisitor.Client.UserAgent);
        options.SetRequestHeader("Cookie", $"clinic-session={await app.OpenSessionAsync(email, HttpVisitor.Client)}");
        await opened.socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
        return opened;
    }

    /// <summary>The value of a header of the answer; null when it is not there.</summary>
    public string? HeaderOf(string name) => socket.HttpResponseHeaders!.TryGetValue(name, out var values) ? values.Single() : null;

    /// <summary>Sends a message: the first is the handshake, in text.</summary>
    public Task SendAsync(byte[] message, WebSocketMessageType type) =>
        socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    /// <summary>Reads until the server ends the connection; fails when it does not within some seconds.</summary>
    public async Task WaitForEndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while ((await socket.ReceiveAsync(new ArraySegment<byte>(new byte[4096]), limit.Token))
                .MessageType != WebSocketMessageType.Close)
            {
                // What comes before the end is of no interest.
            }
        }
        catch (WebSocketException)
        {
            // The server went without a word.
        }
    }

    public void Dispose() => socket.Dispose();
}
