using System.Diagnostics;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>
/// A headless Chromium for the browser tests of one class; classes run side by side, and in a browser that they shared the
/// windows would take the focus from each other. Chromium's headless shell comes first, which draws no window around a
/// page and takes half the time of the whole browser. Where there is neither it is installed: as root on Debian with
/// apt, elsewhere by Playwright's own installer; if that fails too, the tests fail and say so.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly Lazy<string?> Program = new(() => FindOrInstall(IsRoot));

    private static readonly string[] Places =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Quiet =
        ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync"];

    private IPlaywright? playwright;

    // How long a page takes is the machine's affair.
    static BrowserFixture() => Assertions.SetDefaultExpectTimeout(30_000);

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    private static bool IsRoot => Environment.UserName == "root";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program.Value,
            Args = IsRoot ? [.. Quiet, "--no-sandbox"] : Quiet,
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        playwright?.Dispose();
    }

    private static string? FindOrInstall(bool root)
    {
        if (Array.Find(Places, File.Exists) is { } found)
        {
            return found;
        }

        if (root && File.Exists("/usr/bin/apt-get"))
        {
            Run("/usr/bin/apt-get", "update", "-q");
            Run("/usr/bin/apt-get", "install", "-y", "-q", "chromium-headless-shell");
            return Array.Find(Places, File.Exists)
                ?? throw new InvalidOperationException(
                    "Chromium could not be installed: run 'apt-get install chromium-headless-shell'.");
        }

        return Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0
            ? null
            : throw new InvalidOperationException("Chromium could not be installed: put it at /usr/bin/chromium.");
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        process.WaitForExit();
    }
}
