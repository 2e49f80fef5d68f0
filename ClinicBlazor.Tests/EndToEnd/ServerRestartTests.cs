using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The server dies while somebody types, and comes back.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "B-06")]
public sealed class ServerRestartTests(BrowserFixture browser) : IDisposable
{
    private readonly TestFolder data = new();
    private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Kill_WhileSomebodyTypes_ThePageComesBackWithWhatWasTyped()
    {
        using var first = await StartAsync();
        await using var alice = await ClinicUser.OpenAsync(browser, address, 810, 1080, touch: true);
        await alice.SignInAsync("alice@patient.example");
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "Describe a new problem" }).ClickAsync();
        var words = alice.Page.GetByLabel("What is the problem?");
        await words.FillAsync("Before the fall.");
        await Assertions.Expect(alice.Page.GetByTestId("saved-indicator")).ToContainTextAsync("Saved,");

        await KillAsync(first);
        await Assertions.Expect(alice.Page.GetByText("Reconnecting…")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await words.PressSequentiallyAsync(" And after it.");
        await alice.Page.EvaluateAsync("window.old = true");
        using var second = await StartAsync();
        await alice.Page.WaitForFunctionAsync("() => !window.old", null, new() { Timeout = 60_000 });

        await Assertions.Expect(alice.Page.GetByLabel("What is the problem?")).ToHaveValueAsync("Before the fall. And after it.");
        await KillAsync(second);
    }

    private static async Task KillAsync(Process server)
    {
        server.Kill();
        await server.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<Process> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ClinicHost).Assembly.Location, "--urls", address.ToString()])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Clinic__DataDirectory"] = data.Path;
        var server = Process.Start(start)!;
        server.BeginOutputReadLine();
        using var client = new HttpClient();
        for (var tries = 0; tries < 240; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(address, "/readyz"));
                if (answer.IsSuccessStatusCode)
                {
                    return server;
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
}
