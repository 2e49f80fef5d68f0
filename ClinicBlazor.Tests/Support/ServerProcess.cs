using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ClinicBlazor.Tests.Support;

/// <summary>The application as a process of its own on an address that stays, so that it can be killed and started again.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly TestFolder data = new();
    private readonly IReadOnlyList<(string Name, string Value)> environment;
    private Process? server;

    private ServerProcess(IReadOnlyList<(string Name, string Value)> environment)
    {
        this.environment = environment;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public Uri Address { get; }

    public string DataDirectory => data.Path;

    /// <summary>Starts the application with settings beyond its own; answers when it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(params (string Name, string Value)[] environment)
    {
        var made = new ServerProcess(environment);
        await StartedClinic.CopyAsync(made.DataDirectory);
        await made.RestartAsync();
        return made;
    }

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
            server = null;
        }
    }

    /// <summary>Starts it on the same address and data; answers when it is ready.</summary>
    public async Task RestartAsync()
    {
        var start = ClinicProgram.Start("--urls", Address.ToString());
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Clinic__DataDirectory"] = data.Path;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        server = Process.Start(start)!;
        server.BeginOutputReadLine();
        using var client = new HttpClient();
        for (var tries = 0; tries < 720; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/readyz"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(250);
        }

        throw new InvalidOperationException("The program did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        data.Dispose();
    }
}
