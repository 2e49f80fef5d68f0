using System.Diagnostics;
using System.Globalization;

namespace ClinicBlazor.Bench;

/// <summary>From the start of the process to the first page, and a page from a warm server; limit: 1.5 times the empty template.</summary>
internal static class FirstPage
{
    private const int Starts = 7;
    private const int Requests = 2000;

    public static async Task MeasureAsync(string clinic, string template, WorkFolder work)
    {
        var data = work.Folder("first-page-data");
        await using (await Server.StartAsync(clinic, data))
        {
            // The first start makes the database and the demo clinic; what counts is every start after it.
        }

        List<double> clinicStarts = [], templateStarts = [];
        for (var i = 0; i < Starts; i++)
        {
            clinicStarts.Add(await StartAsync(clinic, data));
            templateStarts.Add(await StartAsync(template, data));
        }

        Report("process start to first page", Median(clinicStarts), Median(templateStarts), "ms");
        Report("a page from a warm server", await WarmAsync(clinic, data), await WarmAsync(template, data), "µs");
    }

    private static async Task<double> StartAsync(string dll, string data)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await Server.StartAsync(dll, data);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> WarmAsync(string dll, string data)
    {
        await using var server = await Server.StartAsync(dll, data);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true }) { BaseAddress = server.Address };
        var times = new List<double>(Requests);

        // The page that a visitor ends at, without the way there.
        using var first = await client.GetAsync(new Uri("/", UriKind.Relative));
        var page = first.RequestMessage!.RequestUri;
        for (var i = 0; i < Requests; i++)
        {
            var watch = Stopwatch.StartNew();
            await client.GetByteArrayAsync(page);
            times.Add(watch.Elapsed.TotalMicroseconds);
        }

        return Median(times[(Requests / 2)..]);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Report(string what, double clinic, double template, string unit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: clinic {clinic:F0} {unit}, empty template {template:F0} {unit}, ratio {clinic / template:F2}"));
}
