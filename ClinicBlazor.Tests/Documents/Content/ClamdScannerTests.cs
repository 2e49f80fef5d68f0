using System.Text;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>The virus scanner, with ClamAV's own daemon; and whatever is no verdict of one, which never passes for clean.</summary>
[Trait("Requirement", "S4-06")]
public sealed class ClamdScannerTests
{
    private static readonly byte[] Virus = [.. MadePdf.OnePage, .. Encoding.ASCII.GetBytes(ClamdServer.Eicar)];

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task Scan_OfACleanDocument_IsClean() =>
        Assert.Equal(ScanVerdict.Clean, await ScanAsync((await ClamdServer.GetAsync()).Socket, MadePdf.OnePage));

    [Fact]
    public async Task Scan_OfAVirus_IsInfectedWhereverItStands()
    {
        var socket = (await ClamdServer.GetAsync()).Socket;

        Assert.Equal(ScanVerdict.Infected, await ScanAsync(socket, Virus));
        Assert.Equal(ScanVerdict.Infected,
            await ScanAsync(socket, [.. new byte[(64 * 1024) - 500 - (MadePdf.OnePage.Length / 2)], .. Virus]));
        Assert.Equal(ScanVerdict.Infected, await ScanAsync(socket, [.. new byte[3_000_000], .. Virus]));
    }

    [Fact]
    public async Task Scan_OfMoreThanClamdTakes_IsNotPossible() =>
        Assert.Equal("clamd takes no file of this length: raise its StreamMaxLength",
            await FailureAsync((await ClamdServer.GetAsync()).Socket, new byte[ClamdServer.MostBytes + 1]));

    [Fact]
    public async Task Scan_WhenClamdHasGone_IsNotPossible()
    {
        string socket;
        await using (var server = await ClamdServer.StartAsync())
        {
            socket = server.Socket;
            Assert.Equal(ScanVerdict.Clean, await ScanAsync(socket, MadePdf.OnePage));
        }

        Assert.StartsWith("clamd cannot be reached", await FailureAsync(socket, MadePdf.OnePage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_WhereNobodyListens_IsNotPossible()
    {
        string address;
        await using (var listener = new ClamdListener((_, _) => Task.CompletedTask))
        {
            address = listener.Address;
        }

        Assert.Equal("clamd cannot be reached (ConnectionRefused)", await FailureAsync(address, MadePdf.OnePage));
    }

    [Theory]
    [InlineData("stream: OK\0", null)]
    [InlineData("stream: OK", "clamd hung up without an answer")]
    [InlineData("", "clamd hung up without an answer")]
    [InlineData("OK\0", "clamd answered with an error")]
    [InlineData("stream: OK FOUND OK\0", "clamd answered with an error")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n\0", "clamd answered with an error")]
    [InlineData("stream: Can't allocate memory ERROR\0", "clamd answered with an error")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "clamd takes no file of this length: raise its StreamMaxLength")]
    public async Task Scan_WithAnAnswer_IsCleanOnlyWithTheOneThatSaysSo(string answer, string? failure)
    {
        var content = MadePictures.Png();
        await using var listener = new ClamdListener(async (stream, ct) =>
        {
            Assert.Equal(content, await ClamdListener.ReadAsync(stream, ct));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), ct);
        });

        if (failure is null)
        {
            Assert.Equal(ScanVerdict.Clean, await ScanAsync(listener.Address, content));
        }
        else
        {
            Assert.Equal(failure, await FailureAsync(listener.Address, content));
        }
    }

    [Fact]
    public async Task Scan_WithAnAnswerThatDoesNotEnd_IsNotPossible()
    {
        await using var listener = new ClamdListener(async (stream, ct) =>
        {
            await ClamdListener.ReadAsync(stream, ct);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("stream: OK" + new string('x', 10_000) + "\0"), ct);
        });

        Assert.Equal("clamd hung up without an answer", await FailureAsync(listener.Address, MadePdf.OnePage));
    }

    [Fact]
    public async Task Scan_CalledCleanBeforeItWasAllRead_IsNotPossible()
    {
        await using var listener = new ClamdListener(async (stream, ct) =>
        {
            await stream.ReadExactlyAsync(new byte[100], ct);
            await stream.WriteAsync("stream: OK\0"u8.ToArray(), ct);
        });

        await FailureAsync(listener.Address, new byte[64 * 1024 * 1024]);
    }

    [Fact]
    public async Task Scan_WithoutAnAnswerForAMinute_IsNotPossible()
    {
        var read = new TaskCompletionSource();
        await using var listener = new ClamdListener(async (stream, ct) =>
        {
            await ClamdListener.ReadAsync(stream, ct);
            read.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        });

        var scanning = FailureAsync(listener.Address, MadePdf.OnePage);
        await read.Task;
        clock.Advance(ClamdScanner.Limit - TimeSpan.FromSeconds(1));
        Assert.False(scanning.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("clamd gave no answer within 60 seconds", await scanning);
    }

    [Fact]
    public async Task Scan_ThatItsCallerGivesUp_IsCancelled()
    {
        using var gone = new CancellationTokenSource();
        await using var listener = new ClamdListener(async (stream, ct) =>
        {
            await ClamdListener.ReadAsync(stream, ct);
            await gone.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        });
        using var content = new MemoryStream(MadePdf.OnePage);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Scanner(listener.Address).ScanAsync(content, gone.Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Scan_WhereNoneIsSet_IsOffAndNotPossible(string? address)
    {
        Assert.False(Scanner(address).IsOn);
        Assert.True(Scanner("/run/clamav/clamd.ctl").IsOn);
        Assert.Equal("No virus scanner is set", await FailureAsync(address, MadePdf.OnePage));
    }

    private ClamdScanner Scanner(string? address) =>
        new(Options.Create(new ClinicSettings { Documents = new DocumentSettings { Clamd = address } }), clock);

    private async Task<ScanVerdict> ScanAsync(string? address, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await Scanner(address).ScanAsync(stream, CancellationToken.None);
    }

    private async Task<string> FailureAsync(string? address, byte[] content) =>
        (await Assert.ThrowsAsync<ScanNotPossibleException>(() => ScanAsync(address, content))).Message;
}
