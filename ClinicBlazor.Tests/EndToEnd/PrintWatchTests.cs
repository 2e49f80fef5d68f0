using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The browser says that a chart is printed, however often it draws its preview.</summary>
[Trait("Requirement", "S2-13")]
public sealed class PrintWatchTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    [Fact]
    public async Task Chart_Printed_IsOneEntryForEachPrint()
    {
        await using var nurse = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await nurse.TakeSessionAsync(app.Host, "nurse@clinic.example");
        await nurse.GoToAsync("/patients");
        await nurse.Page.Locator("a[href^='/patients/']").First.ClickAsync();
        await nurse.Page.Locator("nav.tabs").WaitForAsync();
        var before = await PrintsAsync();

        // What listens is there once the page says so; until then a print would have nobody to tell.
        for (var tries = 0; await PrintsAsync() == before && tries < 50; tries++)
        {
            await nurse.Page.EvaluateAsync("dispatchEvent(new Event('afterprint')); dispatchEvent(new Event('beforeprint'))");
            await Task.Delay(200);
        }

        var once = await PrintsAsync();
        Assert.True(once > before);
        await nurse.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('beforeprint'))");
        await nurse.Page.EvaluateAsync("dispatchEvent(new Event('afterprint')); dispatchEvent(new Event('beforeprint'))");
        await nurse.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        for (var tries = 0; await PrintsAsync() == once && tries < 50; tries++)
        {
            await Task.Delay(100);
        }

        await Task.Delay(500);
        Assert.Equal(once + 1, await PrintsAsync());
        Assert.Empty(nurse.TakeViolations());
    }

    private async Task<long> PrintsAsync() =>
        (long)(await new Intruder(DatabaseKind.Sqlite, app.Host.Get<IOptions<ClinicSettings>>().Value)
            .QueryAsync("SELECT count(*) FROM \"AuditEntries\" WHERE \"Act\" = 'ChartPrinted' AND \"Outcome\" = 'Done'"))[0][0]!;
}
