using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// A client of a circuit that is not a browser: it sends what it likes. Speaks SignalR's MessagePack protocol as far as
/// a circuit needs it.
/// </summary>
public sealed class RawCircuit : IAsyncDisposable
{
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");

    private readonly ClientWebSocket socket = new();
    private int invocations;

    private RawCircuit()
    {
    }

    /// <summary>True while the server has not closed the connection.</summary>
    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>Connects and shakes hands; throws <see cref="WebSocketException"/> when the server refuses.</summary>
    public static async Task<RawCircuit> ConnectAsync(AppHost app, string? sessionToken, string? origin = null,
        string userAgent = "Test browser")
    {
        var circuit = new RawCircuit();
        var options = circuit.socket.Options;
        options.SetRequestHeader("Origin", origin ?? app.Address.GetLeftPart(UriPartial.Authority));
        options.SetRequestHeader("User-Agent", userAgent);
        options.CollectHttpResponseDetails = true;
        if (sessionToken is not null)
        {
            options.Cookies = new CookieContainer();
            options.Cookies.Add(app.Address, new Cookie("clinic-session", sessionToken));
        }

        var address = new UriBuilder(app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;
        await circuit.socket.ConnectAsync(address, CancellationToken.None);
        await circuit.socket.SendAsync(Handshake, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await circuit.ReceiveFrameAsync(patience.Token);
        return circuit;
    }

    /// <summary>Starts a circuit and answers with the secret that names it; null when the server refused.</summary>
    public async Task<string?> StartAsync(AppHost app) =>
        await InvokeAsync("StartCircuit", app.Address.ToString(), app.Address.ToString(), "[]", "") as string;

    /// <summary>Asks for a circuit that was started before. True when the server gives it.</summary>
    public async Task<bool> TakeOverAsync(string secret) => await InvokeAsync("ConnectCircuit", secret) is true;

    /// <summary>Sends a call and waits for its answer; null for an error or a connection that was closed.</summary>
    public async Task<object?> InvokeAsync(string method, params object?[] arguments)
    {
        var id = $"{++invocations}";
        await SendAsync(Message(id, method, arguments));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (IsOpen)
        {
            foreach (var message in await ReceiveAsync(patience.Token))
            {
                if (message is [3L, _, string answered, 3L, var result] && answered == id)
                {
                    return result;
                }

                if (message is [3L, _, string ended, ..] && ended == id)
                {
                    return null;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Waits until the server has come past all that was sent: it takes the calls of a connection in their order, and this one
    /// has an answer. A connection that it closed instead says the same.
    /// </summary>
    public async Task SettleAsync(AppHost app)
    {
        try
        {
            await StartAsync(app);
        }
        catch (WebSocketException) when (!IsOpen)
        {
            // Closed.
        }
    }

    /// <summary>Sends a call that has no answer.</summary>
    public Task SendAsync(string method, params object?[] arguments) => SendAsync(Message(id: null, method, arguments));

    /// <summary>Sends bytes as one message of the socket.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes) =>
        await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    /// <summary>True when the server closes the connection within some seconds.</summary>
    public async Task<bool> IsClosedByServerAsync(int seconds = 60)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            while (IsOpen)
            {
                await ReceiveAsync(patience.Token);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    /// <summary>A call as the protocol writes it, its length in front.</summary>
    public static byte[] Message(string? id, string method, params object?[] arguments)
    {
        var body = new ArrayBufferWriter<byte>();
        MessagePack.Write(body, (object?[])[1, MessagePack.EmptyMap, id, method, arguments, Array.Empty<object?>()]);
        return [.. MessagePack.Length(body.WrittenCount), .. body.WrittenSpan];
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<List<object?[]>> ReceiveAsync(CancellationToken ct) => MessagePack.ReadMessages(await ReceiveFrameAsync(ct));

    private async Task<ReadOnlyMemory<byte>> ReceiveFrameAsync(CancellationToken ct)
    {
        var received = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(received.GetMemory(4096), ct);
            received.Advance(part.Count);
        }
        while (!part.EndOfMessage);
        return received.WrittenMemory;
    }
}
