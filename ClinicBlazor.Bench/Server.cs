using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClinicBlazor.Bench;

/// <summary>A published application that runs as a process of its own on loopback.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;

    private Server(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it and waits for its first page.</summary>
    /// <param name="dll">The application.</param>
    /// <param name="dataDirectory">Where a clinic keeps its data.</param>
    /// <param name="heap">Folder in which the startup hook answers for the managed heap; null for a server without it.</param>
    public static async Task<Server> StartAsync(string dll, string dataDirectory, string? heap = null)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [dll, "--urls", address.ToString()])
        {
            WorkingDirectory = Path.GetDirectoryName(dll),
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Clinic__DataDirectory"] = dataDirectory,
                ["Clinic__RateLimits__Enabled"] = "false",
            },
        };
        if (heap is not null)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            start.Environment["CLINIC_BENCH_HEAP"] = heap;
        }

        var started = Process.Start(start)!;
        started.BeginOutputReadLine();
        var server = new Server(started, address);
        await server.WaitForPageAsync();
        return server;
    }

    /// <summary>Resident memory in KiB.</summary>
    public int ResidentKilobytes() => int.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>How long the processors have worked for it.</summary>
    public TimeSpan Worked()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitForPageAsync()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true });
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(Address);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(10);
        }
    }
}
