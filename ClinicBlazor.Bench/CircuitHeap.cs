using System.Diagnostics;
using System.Globalization;
using ClinicBlazor.Tests.EndToEnd;
using Microsoft.Playwright;

namespace ClinicBlazor.Bench;

/// <summary>
/// What an idle circuit keeps on the managed heap, what opening one costs the processors, and what is left of it when its
/// tab is closed: page by page beside the SDK's empty template in the same run.
/// </summary>
internal static class CircuitHeap
{
    // One account may have fifty circuits.
    private const int WarmUp = 10;
    private const int Tabs = 30;

    // A chart, a record and a visit are the first that their readers' lists lead to.
    private static readonly Measured[] Pages =
    [
        new("patient's home", "alice@patient.example", "/"),
        new("patient's records", "alice@patient.example", "/records"),
        new("a patient describes a problem", "alice@patient.example", "/records/new"),
        new("patient's documents", "alice@patient.example", "/my/documents"),
        new("patient's account", "alice@patient.example", "/account"),
        new("staff list of patients", "dr.adams@clinic.example", "/patients"),
        new("a chart", "dr.adams@clinic.example", "/patients", "tbody a[href^='/patients/']"),
        new("a record with its editor", "dr.adams@clinic.example", "/records/waiting", "tbody a[href^='/records/']"),
        new("accounts", "admin@clinic.example", "/admin/accounts"),
        new("prices", "admin@clinic.example", "/admin/prices"),
        new("audit", "admin@clinic.example", "/audit"),
        new("alerts", "admin@clinic.example", "/security"),
        new("monthly reviews", "admin@clinic.example", "/audit/reviews"),
        new("the day's queue", "reception@clinic.example", "/queue"),
        new("open balances", "reception@clinic.example", "/billing"),
        new("a visit with its bill", "reception@clinic.example", "/billing", "tbody a[href^='/visits/']"),
        new("registration of a patient", "reception@clinic.example", "/patients/new"),
    ];

    public static async Task MeasureAsync(string clinic, string template, WorkFolder work)
    {
        // The browser that the tests find, or bring.
        var browsers = new BrowserFixture();
        await browsers.InitializeAsync();
        var browser = browsers.Browser;
        Console.WriteLine("page | KB on the heap | × template | KB left when closed | × its own | ms of processor to open | × template");
        var empty = await MeasureAsync("the empty template", browser, template, work, [new("the empty template", "", "/")], baseline: null);
        await MeasureAsync("clinic", browser, clinic, work, Pages, empty);
        await browsers.DisposeAsync();
    }

    private static async Task<Cost> MeasureAsync(
        string name, IBrowser browser, string dll, WorkFolder work, Measured[] pages, Cost? baseline)
    {
        var heap = work.Folder($"heap {name}");
        var data = work.Folder($"data {name}");
        await using var server = await Server.StartAsync(dll, data, heap);
        var people = new Dictionary<string, IBrowserContext>(StringComparer.Ordinal);
        var last = default(Cost);
        foreach (var (page, email, path, link) in pages)
        {
            if (!people.TryGetValue(email, out var context))
            {
                people[email] = context = await browser.NewContextAsync();
                if (email.Length > 0)
                {
                    await SignInAsync(await context.NewPageAsync(), server.Address, email, () => CodeAsync(dll, data, email));
                }
            }

            last = await MeasureAsync(context, await FindAsync(context, new Uri(server.Address, path), link), heap);
            var of = baseline ?? last;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{page} | {last.Heap / 1024:F0} | {last.Heap / of.Heap:F2} | {last.Left / 1024:F0} | {last.Left / last.Heap:F2} | {last.Processor:F0} | {last.Processor / of.Processor:F2}"));
        }

        return last;
    }

    /// <summary>Where the first link of a kind leads; the page itself where none is asked for.</summary>
    private static async Task<Uri> FindAsync(IBrowserContext context, Uri address, string? link)
    {
        if (link is null)
        {
            return address;
        }

        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        var found = await page.Locator(link).First.GetAttributeAsync("href");
        await page.CloseAsync();
        return new Uri(address, found);
    }

    private static async Task<Cost> MeasureAsync(IBrowserContext context, Uri address, string heap)
    {
        var warm = await OpenAsync(context, address, WarmUp);
        await CloseAsync(warm);
        var before = await AskAsync(heap);
        var tabs = await OpenAsync(context, address, Tabs);
        var open = await AskAsync(heap);
        await CloseAsync(tabs);
        var closed = await AskAsync(heap);
        return new((open.Bytes - before.Bytes) / (double)Tabs, (closed.Bytes - before.Bytes) / (double)Tabs,
            (open.Worked - before.Worked).TotalMilliseconds / Tabs);
    }

    private static async Task<List<IPage>> OpenAsync(IBrowserContext context, Uri address, int count)
    {
        var tabs = new List<IPage>();
        for (var i = 0; i < count; i++)
        {
            tabs.Add(await context.NewPageAsync());
            await tabs[^1].GotoAsync(address.ToString());
            await tabs[^1].Locator("h1").First.WaitForAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(3));
        return tabs;
    }

    private static async Task CloseAsync(List<IPage> tabs)
    {
        foreach (var tab in tabs)
        {
            await tab.CloseAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(10));
    }

    private static async Task<(long Bytes, TimeSpan Worked)> AskAsync(string heap)
    {
        var answer = Path.Combine(heap, "answer");
        File.Delete(answer);
        await File.WriteAllTextAsync(Path.Combine(heap, "question"), "");
        while (!File.Exists(answer))
        {
            await Task.Delay(50);
        }

        var parts = (await File.ReadAllTextAsync(answer)).Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.FromTicks(long.Parse(parts[1], CultureInfo.InvariantCulture)));
    }

    private static async Task SignInAsync(IPage page, Uri address, string email, Func<Task<string>> code)
    {
        await page.GotoAsync(address.ToString());
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("Clinic-Demo-2026!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        if (email.EndsWith("@clinic.example", StringComparison.Ordinal))
        {
            await page.GetByLabel("Authenticator code").FillAsync(await code());
            await page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        await page.GotoAsync("about:blank");
    }

    /// <summary>The demo account's present code, from the application's own command.</summary>
    private static async Task<string> CodeAsync(string dll, string data, string email)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [dll, "totp", email])
        {
            WorkingDirectory = Path.GetDirectoryName(dll),
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Clinic__DataDirectory"] = data },
        })!;
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return output.Trim();
    }

    private sealed record Measured(string Page, string Email, string Path, string? Link = null);

    private readonly record struct Cost(double Heap, double Left, double Processor);
}
