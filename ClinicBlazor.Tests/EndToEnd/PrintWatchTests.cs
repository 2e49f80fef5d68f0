using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

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
        for (var tries = 0; await PrintsAsync() == before && tries < 150; tries++)
        {
            await nurse.Page.EvaluateAsync("dispatchEvent(new Event('afterprint')); dispatchEvent(new Event('beforeprint'))");
            await Task.Delay(200);
        }

        // Prints that were sent meanwhile may still be on their way.
        var once = await PrintsAsync();
        for (var quiet = 0; quiet < 6; quiet++)
        {
            await Task.Delay(500);
            if (await PrintsAsync() is var now && now != once)
            {
                (once, quiet) = (now, -1);
            }
        }

        Assert.True(once > before);
        await nurse.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('beforeprint'))");
        await nurse.Page.EvaluateAsync("dispatchEvent(new Event('afterprint')); dispatchEvent(new Event('beforeprint'))");
        await nurse.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        for (var tries = 0; await PrintsAsync() == once && tries < 300; tries++)
        {
            await Task.Delay(100);
        }

        await Task.Delay(500);
        Assert.Equal(once + 1, await PrintsAsync());
        Assert.Empty(nurse.TakeViolations());
    }

    [Fact]
    [Trait("Requirement", "B-07")]
    public async Task Record_OnPaper_NamesClinicPatientAndBirthDateOnEverySheetAndOnlyWhileItIsPrinted()
    {
        await using var adams = await ClinicUser.OpenAsync(browser, app.Host.Address, 1366, 768);
        await adams.TakeSessionAsync(app.Host, "dr.adams@clinic.example");
        await adams.GoToAsync("/records");
        await adams.Page.Locator("tr:has-text('Bob Brook') a").First.ClickAsync();
        var line = adams.Page.Locator("[data-sheet]");
        await line.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        const string Sheet = "document.documentElement.style.getPropertyValue('--sheet')";
        await adams.Page.WaitForFunctionAsync("() => { dispatchEvent(new Event('beforeprint')); return " + Sheet + " !== ''; }");

        var named = await adams.Page.EvaluateAsync<string>(Sheet);

        Assert.Equal("Linden Clinic · Bob Brook, 10232 · born 2 Jul 1968", (await line.TextContentAsync())!.Trim());
        Assert.Equal($"\"{(await line.TextContentAsync())!.Trim()}\"", named);
        await adams.Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.Equal("", await adams.Page.EvaluateAsync<string>(Sheet));
        Assert.Empty(adams.TakeViolations());
    }

    private async Task<long> PrintsAsync() =>
        (long)(await new Intruder(DatabaseKind.Sqlite, app.Host.Get<IOptions<ClinicSettings>>().Value)
            .QueryAsync("SELECT count(*) FROM \"AuditEntries\" WHERE \"Act\" = 'ChartPrinted' AND \"Outcome\" = 'Done'"))[0][0]!;
}
