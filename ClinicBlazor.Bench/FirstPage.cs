using System.Diagnostics;
using System.Globalization;

namespace ClinicBlazor.Bench;

/// <summary>
/// From the start of the process to the first page (limit: 3.5 times the empty template), and a page from a warm server
/// (1.5 times).
/// </summary>
internal static class FirstPage
{
    private const int Starts = 15;
    private const int Requests = 4000;

    public static async Task MeasureAsync(string clinic, string template, WorkFolder work)
    {
        var data = work.Folder("first-page-data");
        await using (await Server.StartAsync(clinic, data))
        {
            // The first start makes the database and the demo clinic; what counts is every start after it.
        }

        // In turns, so that what else the machine does meets both.
        List<double> clinicStarts = [], templateStarts = [];
        for (var i = 0; i < Starts; i++)
        {
            clinicStarts.Add(await StartAsync(clinic, data));
            templateStarts.Add(await StartAsync(template, data));
        }

        Report("process start to first page", clinicStarts, templateStarts, "ms");
        await using var clinicServer = await Server.StartAsync(clinic, data);
        await using var templateServer = await Server.StartAsync(template, data);
        using var clinicVisitor = await Visitor.ArriveAsync(clinicServer);
        using var templateVisitor = await Visitor.ArriveAsync(templateServer);
        List<double> clinicTimes = [], templateTimes = [];
        for (var i = 0; i < Requests; i++)
        {
            clinicTimes.Add(await clinicVisitor.AskAsync());
            templateTimes.Add(await templateVisitor.AskAsync());
        }

        // The first half is what the compiler needs to see what is used often.
        Report("a page from a warm server", clinicTimes[(Requests / 2)..], templateTimes[(Requests / 2)..], "µs");
    }

    private static async Task<double> StartAsync(string dll, string data)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await Server.StartAsync(dll, data);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Report(string what, List<double> clinic, List<double> template, string unit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: clinic {Median(clinic):F0} {unit} (from {clinic.Min():F0}), empty template {Median(template):F0} {unit} (from {template.Min():F0}), ratio {Median(clinic) / Median(template):F2}"));

    /// <summary>Somebody who asks for the page again and again that a visitor ends at, without the way there.</summary>
    private sealed class Visitor(HttpClient client, Uri page) : IDisposable
    {
        public static async Task<Visitor> ArriveAsync(Server server)
        {
            var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true }) { BaseAddress = server.Address };
            using var first = await client.GetAsync(new Uri("/", UriKind.Relative));
            return new Visitor(client, first.RequestMessage!.RequestUri!);
        }

        /// <summary>Microseconds until the page is there.</summary>
        public async Task<double> AskAsync()
        {
            var watch = Stopwatch.StartNew();
            await client.GetByteArrayAsync(page);
            return watch.Elapsed.TotalMicroseconds;
        }

        public void Dispose() => client.Dispose();
    }
}
