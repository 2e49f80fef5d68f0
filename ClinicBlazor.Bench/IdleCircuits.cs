using System.Globalization;
using Microsoft.Playwright;

namespace ClinicBlazor.Bench;

/// <summary>Resident memory that each further idle, signed-in circuit costs the server; limit: 240 KB.</summary>
internal static class IdleCircuits
{
    // The first hundred also pay for what a server compiles once it is used.
    private const int Before = 100;
    private const int After = 200;

    public static async Task MeasureAsync(string clinic, WorkFolder work)
    {
        await using var server = await Server.StartAsync(clinic, work.Folder("circuit-data"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await using var context = await browser.NewContextAsync();
        await SignInAsync(await context.NewPageAsync(), server.Address);
        await OpenAsync(context, server.Address, Before);
        var before = await SettledAsync(server);
        await OpenAsync(context, server.Address, After - Before);
        var after = await SettledAsync(server);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"idle signed-in circuit: {(after - before) / (double)(After - Before):F0} KB resident ({before / 1024} MB at {Before}, {after / 1024} MB at {After})"));
    }

    private static async Task SignInAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.ToString());
        await page.GetByLabel("E-mail").FillAsync("alice@patient.example");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("Clinic-Demo-2026!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    private static async Task OpenAsync(IBrowserContext context, Uri address, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync(address.ToString());
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        }
    }

    private static async Task<int> SettledAsync(Server server)
    {
        await Task.Delay(TimeSpan.FromSeconds(15));
        return server.ResidentKilobytes();
    }
}
