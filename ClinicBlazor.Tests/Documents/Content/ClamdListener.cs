using System.Net;
using System.Net.Sockets;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Somebody who listens where clamd should, and treats each connection as a test says.</summary>
internal sealed class ClamdListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task listening;

    public ClamdListener(Func<NetworkStream, CancellationToken, Task> treat)
    {
        listener.Start();
        listening = ListenAsync(treat);
    }

    public string Address => $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Reads a whole stream of a client, and what it holds.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken ct)
    {
        var (command, length, content) = (new byte["zINSTREAM\0".Length], new byte[4], new List<byte>());
        await stream.ReadExactlyAsync(command, ct);
        Assert.Equal("zINSTREAM\0"u8.ToArray(), command);
        while (true)
        {
            await stream.ReadExactlyAsync(length, ct);
            var piece = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(length)];
            if (piece.Length == 0)
            {
                return [.. content];
            }

            await stream.ReadExactlyAsync(piece, ct);
            content.AddRange(piece);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task ListenAsync(Func<NetworkStream, CancellationToken, Task> treat)
    {
        using var client = await listener.AcceptTcpClientAsync(end.Token);
        await treat(client.GetStream(), end.Token);
    }
}
