using System.Globalization;
using ClinicBlazor.Tests.EndToEnd;
using Microsoft.Playwright;

namespace ClinicBlazor.Bench;

/// <summary>Resident memory that each further idle, signed-in circuit costs the server; limit: 240 KB.</summary>
internal static class IdleCircuits
{
    // A server that is used compiles what is used often anew, which is no circuit's cost.
    private const int WarmUp = 200;

    // One account may have fifty.
    private const int Before = 30;
    private const int After = 144;

    private static readonly string[] People = ["alice@patient.example", "bob@patient.example", "carol@patient.example"];

    public static async Task MeasureAsync(string clinic, WorkFolder work)
    {
        await using var server = await Server.StartAsync(clinic, work.Folder("circuit-data"));

        // The browser that the tests find, or bring.
        var browsers = new BrowserFixture();
        await browsers.InitializeAsync();
        var contexts = new List<IBrowserContext>();
        foreach (var email in People)
        {
            contexts.Add(await browsers.Browser.NewContextAsync());
            await SignInAsync(await contexts[^1].NewPageAsync(), server.Address, email);
        }

        for (var i = 0; i < WarmUp; i++)
        {
            await ShowAsync(contexts[i % contexts.Count].Pages[0], server.Address);
        }

        await OpenAsync(contexts, server.Address, Before);
        var before = await SettledAsync(server);
        await OpenAsync(contexts, server.Address, After - Before);
        var after = await SettledAsync(server);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
                $"idle signed-in circuit: {(after - before) / (double)(After - Before):F0} KB resident ({before / 1024} MB at {Before}, {after / 1024} MB at {After})"));
        await browsers.DisposeAsync();
    }

    private static async Task SignInAsync(IPage page, Uri address, string email)
    {
        await page.GotoAsync(address.ToString());
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("Clinic-Demo-2026!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    private static async Task OpenAsync(List<IBrowserContext> contexts, Uri address, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await ShowAsync(await contexts[i % contexts.Count].NewPageAsync(), address);
        }
    }

    private static async Task ShowAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    private static async Task<int> SettledAsync(Server server)
    {
        await Task.Delay(TimeSpan.FromSeconds(15));
        return server.ResidentKilobytes();
    }
}
