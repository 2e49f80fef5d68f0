using System.Globalization;
using ClinicBlazor.Tests.EndToEnd;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Bench;

/// <summary>
/// Two hundred patients in the clinic and fifty open boards: how long it takes from a nurse's press on one of them until the row
/// has moved on every board. Limit: one second, p99.
/// </summary>
internal static class Boards
{
    private const int Patients = 200;
    private const int Nurses = 10;
    private const int Open = 50;
    private const int Acts = 30;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    // Remembers when a row was first seen as triaged. All browsers stand on this machine, so that their clocks are one.
    private const string Watch = """
        () => {
          globalThis.seen = {};
          new MutationObserver(() => {
            for (const row of document.querySelectorAll('[data-state="triaged"]')) {
              globalThis.seen[row.dataset.visitId] ??= Date.now();
            }
          }).observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """;

    // Presses the next act of the patient who has waited longest.
    private const string Press = """
        () => {
          const rows = [...document.querySelectorAll('[data-state="arrived"]')];
          const act = rows.flatMap(row => [...row.querySelectorAll('button')]).find(button => button.textContent.includes('Start triage'));
          const begun = Date.now();
          act.click();
          return [act.closest('[data-state]').dataset.visitId, `${begun}`];
        }
        """;

    public static async Task MeasureAsync(string clinic, WorkFolder work)
    {
        var browsers = new BrowserFixture();
        await browsers.InitializeAsync();
        await using var probe = await browsers.Browser.NewContextAsync();
        var agent = await (await probe.NewPageAsync()).EvaluateAsync<string>("navigator.userAgent");
        var data = work.Folder("boards-data");
        var sessions = await WaitingRoom.FillBoardAsync(data, Patients, Nurses, agent);
        await using (var server = await Server.StartAsync(clinic, data))
        {
            var boards = new List<IPage>();
            foreach (var session in sessions)
            {
                var context = await browsers.Browser.NewContextAsync();
                await context.AddCookiesAsync(
                    [new() { Name = "clinic-session", Value = session, Url = server.Address.GetLeftPart(UriPartial.Authority) }]);
                for (var i = 0; i < Open / Nurses; i++)
                {
                    boards.Add(await OpenAsync(context, new Uri(server.Address, "/queue")));
                }
            }

            var took = await ActAsync(boards);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Patients} rows on {Open} boards, {Acts} acts: median {took[took.Count / 2]} ms, p99 {took[took.Count * 99 / 100]} ms, last {took[^1]} ms, {took.Count} of {Acts * Open} seen"));
        }

        await browsers.DisposeAsync();
    }

    private static async Task<List<long>> ActAsync(List<IPage> boards)
    {
        var begun = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < Acts; i++)
        {
            var pressed = await boards[i % boards.Count].EvaluateAsync<string[]>(Press);
            begun[pressed[0]] = long.Parse(pressed[1], CultureInfo.InvariantCulture);
            await Task.Delay(Between);
        }

        var took = new List<long>();
        foreach (var board in boards)
        {
            var seen = await board.EvaluateAsync<Dictionary<string, long>>("() => seen");
            took.AddRange(begun.Where(act => seen.ContainsKey(act.Key)).Select(act => seen[act.Key] - act.Value));
        }

        return [.. took.Order()];
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, Uri address)
    {
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(address.ToString());
        await page.GetByTestId("queue-row").First.WaitForAsync();

        // Not drawn: fifty pages that are would take the machine from the server.
        await page.EvaluateAsync("() => { document.documentElement.style.display = 'none'; }");
        await page.EvaluateAsync(Watch);
        return page;
    }
}
