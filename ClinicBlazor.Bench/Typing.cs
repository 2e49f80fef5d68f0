using System.Globalization;
using ClinicBlazor.Tests.EndToEnd;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Bench;

/// <summary>
/// A hundred and twenty people who describe a problem at once, one character a second each, and beside it as many clicks on
/// the counter of the SDK's template. A draft is saved once a second at most. Limits: three times the processor time of a click,
/// five times its p99.
/// </summary>
internal static class Typing
{
    private const int People = 120;
    private const int AtOnce = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(40);

    // Takes the time from an event to the server's answer that it was handled.
    private const string Stopwatch = """
        globalThis.took = [];
        globalThis.sent = 0;
        const open = WebSocket;
        globalThis.WebSocket = class extends open {
          constructor(...given) {
            super(...given);
            this.addEventListener('message', ({ data }) => {
              if (globalThis.begun && new TextDecoder().decode(data).includes('EndInvokeDotNet')) {
                globalThis.took.push(performance.now() - globalThis.begun);
                globalThis.begun = null;
              }
            });
          }
        };
        globalThis.onceASecond = (after, act) => setTimeout(() => setInterval(() => {
          globalThis.begun ??= performance.now();
          globalThis.sent++;
          act();
        }, 1000), after);
        """;

    private const string Type = """
        after => {
          const box = document.querySelector('textarea');
          let count = 0;
          onceASecond(after, () => {
            box.value += ++count % 7 ? 'a' : ' ';
            box.dispatchEvent(new InputEvent('input', { bubbles: true }));
          });
        }
        """;

    private const string Click = "after => onceASecond(after, () => document.querySelector('main button').click())";

    public static async Task MeasureAsync(string clinic, string template, WorkFolder work)
    {
        // The browser that the tests find, or bring.
        var browsers = new BrowserFixture();
        await browsers.InitializeAsync();
        await using var probe = await browsers.Browser.NewContextAsync();
        var agent = await (await probe.NewPageAsync()).EvaluateAsync<string>("navigator.userAgent");
        var data = work.Folder("typing-data");
        var sessions = await WaitingRoom.FillAsync(data, People, agent);

        var nobody = new string?[People];
        var clicks = await MeasureAsync(browsers.Browser, template, work.Folder("clicking-data"), "/counter", Click, nobody);
        var keys = await MeasureAsync(browsers.Browser, clinic, data, "/records/new", Type, sessions);
        Print("click in the template", clicks, clicks);
        Print("key in a description", keys, clicks);
        await browsers.DisposeAsync();
    }

    private static void Print(string what, Cost cost, Cost of) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: {cost.Processor:F2} ms of processor ({cost.Processor / of.Processor:F2} x), median {cost.Median:F1} ms, p99 {cost.Worst:F1} ms ({cost.Worst / of.Worst:F2} x), {cost.Count} answers"));

    private static async Task<Cost> MeasureAsync(
        IBrowser browser, string dll, string data, string path, string act, IReadOnlyList<string?> sessions)
    {
        await using var server = await Server.StartAsync(dll, data);
        var address = new Uri(server.Address, path);
        var pages = new IPage[People];
        await Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => pages[i] = await OpenAsync(browser, address, sessions[i]));
        for (var i = 0; i < People; i++)
        {
            // Not drawn: so many pages that are would take the machine from the server.
            await pages[i].EvaluateAsync("() => { document.documentElement.style.display = 'none'; }");
            await pages[i].EvaluateAsync(act, i * 1000 / People);
        }

        await Task.Delay(WarmUp);
        await AskAsync<object?>(pages, "() => { took.length = sent = 0; }");
        var before = server.Worked();
        await Task.Delay(Measured);
        var worked = server.Worked() - before;
        var took = (await AskAsync<double[]>(pages, "() => took")).SelectMany(times => times).Order().ToList();
        var sent = (await AskAsync<int>(pages, "() => sent")).Sum();
        foreach (var page in pages)
        {
            await page.Context.CloseAsync();
        }

        return new(worked.TotalMilliseconds / sent, took[took.Count / 2], took[took.Count * 99 / 100], took.Count);
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, Uri address, string? session)
    {
        var context = await browser.NewContextAsync();
        context.SetDefaultTimeout(120_000);
        await context.AddInitScriptAsync(Stopwatch);
        if (session is not null)
        {
            await context.AddCookiesAsync(
                [new() { Name = "clinic-session", Value = session, Url = address.GetLeftPart(UriPartial.Authority) }]);
        }

        var page = await context.NewPageAsync();
        var connected = page.WaitForConsoleMessageAsync(
            new() { Predicate = message => message.Text.Contains("WebSocket connected", StringComparison.Ordinal) });
        await page.GotoAsync(address.ToString());
        await page.Locator("main h1").First.WaitForAsync();
        await connected;
        return page;
    }

    private static Task<T[]> AskAsync<T>(IEnumerable<IPage> pages, string question) =>
        Task.WhenAll(pages.Select(page => page.EvaluateAsync<T>(question)));

    /// <summary>What an event costs.</summary>
    /// <param name="Processor">Milliseconds of processor time of the server for one event.</param>
    /// <param name="Median">Milliseconds to the answer, the middle of all.</param>
    /// <param name="Worst">Milliseconds to the answer, p99.</param>
    /// <param name="Count">How many answers came.</param>
    private readonly record struct Cost(double Processor, double Median, double Worst, int Count);
}
