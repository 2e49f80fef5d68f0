using System.Diagnostics;
using System.Net.Sockets;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// ClamAV's daemon (clamd), of this test process alone: on a socket in a folder of its own, gone with the process. It knows one
/// signature, which is that of the harmless file that every scanner is tried with.
/// </summary>
public sealed class ClamdServer : IAsyncDisposable
{
    // The shell that holds the daemon ends it when its standard input closes, so also when this process is killed.
    private const string Script = """
        set -e
        read -r signature
        folder=$(mktemp -d -t clinic-clamd.XXXXXX)
        trap 'rm -rf "$folder"' EXIT
        mkdir "$folder/signatures"
        printf '%s\n' "$signature" > "$folder/signatures/test.ndb"
        printf '%s\n' "LocalSocket $folder/clamd.ctl" "DatabaseDirectory $folder/signatures" \
          "TemporaryDirectory $folder" 'StreamMaxLength 20M' 'SelfCheck 0' > "$folder/clamd.conf"
        "$1" --config-file="$folder/clamd.conf" --foreground >&2 &
        daemon=$!
        until [ -S "$folder/clamd.ctl" ]; do kill -0 $daemon; sleep 0.1; done
        echo "$folder/clamd.ctl"
        read -r _ || true
        kill $daemon
        wait $daemon || true
        """;

    private static readonly Lazy<Task<ClamdServer>> Started = new(StartAsync);

    private readonly Process process;

    private ClamdServer(Process process, string socket) => (this.process, Socket) = (process, socket);

    /// <summary>What every scanner finds (EICAR); in two parts here, so that this file is not found itself.</summary>
    public static string Eicar { get; } = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    /// <summary>The longest stream that it takes, in bytes.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Path of its socket.</summary>
    public string Socket { get; }

    /// <summary>The one daemon; the first caller starts it.</summary>
    public static Task<ClamdServer> GetAsync() => Started.Value;

    /// <summary>A daemon for a test that ends it.</summary>
    public static async Task<ClamdServer> StartAsync()
    {
        var start = new ProcessStartInfo("sh", ["-c", Script, "clamd", Tools.Find("clamd", "clamav-daemon")])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var shell = Process.Start(start)!;
        var errors = shell.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shell.StandardInput.Close();
        await shell.StandardInput.WriteLineAsync($"Test.Eicar:0:*:{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(Eicar))}");
        if (await shell.StandardOutput.ReadLineAsync() is not { } socket)
        {
            throw new InvalidOperationException($"clamd did not start: {await errors}");
        }

        // The socket is there a moment before anybody listens at it.
        await TestTime.WaitUntilAsync(() => Listens(socket));
        return new ClamdServer(shell, socket);
    }

    private static bool Listens(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Ends it; its socket is gone then.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }
}
