using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>
/// Sends files to ClamAV's daemon (clamd(8), command INSTREAM). Only its two answers about a whole file are a verdict: whatever
/// else happens, nobody knows, and the file stays closed.
/// </summary>
internal sealed class ClamdScanner(IOptions<ClinicSettings> settings, TimeProvider time) : IVirusScanner
{
    /// <summary>How long a scan may take.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int PieceLength = 64 * 1024;
    private const int LongestAnswer = 4096;

    private readonly EndPoint? place = ClamdAddress.Read(settings.Value.Documents.Clamd);

    /// <inheritdoc/>
    public bool IsOn => place is not null;

    /// <inheritdoc/>
    public async Task<ScanVerdict> ScanAsync(Stream plain, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await AskAsync(place ?? throw new ScanNotPossibleException("No virus scanner is set"), plain, either.Token);
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new ScanNotPossibleException($"clamd gave no answer within {Limit.TotalSeconds} seconds", fault);
        }
        catch (SocketException fault)
        {
            throw new ScanNotPossibleException($"clamd cannot be reached ({fault.SocketErrorCode})", fault);
        }
    }

    private static async Task<ScanVerdict> AskAsync(EndPoint place, Stream plain, CancellationToken ct)
    {
        using var socket = place is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(place, ct);
        var isSent = await SendAsync(socket, plain, ct);
        var answer = await ReadAsync(socket, ct);
        return answer switch
        {
            // Somebody who stopped listening has not seen all of it.
            "stream: OK" when isSent => ScanVerdict.Clean,
            _ when answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) =>
                ScanVerdict.Infected,
            _ when answer.Contains("size limit exceeded", StringComparison.Ordinal) =>
                throw new ScanNotPossibleException("clamd takes no file of this length: raise its StreamMaxLength"),
            "" => throw new ScanNotPossibleException("clamd hung up without an answer"),
            _ => throw new ScanNotPossibleException("clamd answered with an error"),
        };
    }

    /// <summary>False when the other side hung up before the end; its answer may say why.</summary>
    private static async Task<bool> SendAsync(Socket socket, Stream plain, CancellationToken ct)
    {
        var piece = new byte[sizeof(int) + PieceLength];
        if (!await TrySendAsync(socket, "zINSTREAM\0"u8.ToArray(), ct))
        {
            return false;
        }

        while (true)
        {
            var length = await plain.ReadAsync(piece.AsMemory(sizeof(int)), ct);
            BinaryPrimitives.WriteInt32BigEndian(piece, length);
            if (!await TrySendAsync(socket, piece.AsMemory(0, sizeof(int) + length), ct))
            {
                return false;
            }

            // The piece of no bytes is the end.
            if (length == 0)
            {
                return true;
            }
        }
    }

    private static async Task<bool> TrySendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await socket.SendAsync(bytes, ct)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What was answered, without the zero byte at its end; empty when there is no end.</summary>
    private static async Task<string> ReadAsync(Socket socket, CancellationToken ct)
    {
        var answer = new byte[LongestAnswer];
        for (int filled = 0, read; filled < answer.Length && (read = await socket.ReceiveAsync(answer.AsMemory(filled), ct)) > 0;)
        {
            filled += read;
            if (answer.AsSpan(0, filled).IndexOf((byte)0) is >= 0 and var end)
            {
                return Encoding.UTF8.GetString(answer, 0, end);
            }
        }

        return "";
    }
}
