using System.Diagnostics;
using System.Globalization;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Bench;

/// <summary>
/// What each list, search and page of the clinic costs its reader in clinics of three sizes, on both databases; limit:
/// 1.5 × from the smallest to the largest. Who asks sees the same rows in each, so that what differs is the clinic around
/// them. The answers include access, audit and all else that a page waits for.
/// </summary>
internal static class Lists
{
    private const double Limit = 1.5;
    private const int Warmups = 5;
    private const int Tries = 41;

    private static readonly int[] Sizes = [300, 20_000, 200_000];

    public static async Task MeasureAsync()
    {
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            await MeasureAsync(kind);
        }
    }

    private static async Task MeasureAsync(DatabaseKind kind)
    {
        var clinics = new List<(DomainHost Host, IReadOnlyList<ListCall> Calls)>();
        try
        {
            foreach (var size in Sizes)
            {
                var host = await DomainHost.StartAsync(kind);
                clinics.Add((host, []));
                clinics[^1] = (host, await BigClinic.FillAsync(host, size));
            }

            Report(kind, await MeasureAsync(clinics.ConvertAll(clinic => clinic.Calls)));
        }
        finally
        {
            foreach (var (host, _) in clinics)
            {
                await host.DisposeAsync();
            }
        }
    }

    // The sizes take turns at each list, so that what else the machine does meets all of them.
    private static async Task<IReadOnlyList<Measured>> MeasureAsync(List<IReadOnlyList<ListCall>> clinics)
    {
        var measured = new List<Measured>();
        for (var call = 0; call < clinics[0].Count; call++)
        {
            var times = clinics.Select(_ => new List<double>(Tries)).ToArray();
            var rows = new int[clinics.Count];
            for (var i = -Warmups; i < Tries; i++)
            {
                for (var clinic = 0; clinic < clinics.Count; clinic++)
                {
                    var start = Stopwatch.GetTimestamp();
                    rows[clinic] = await clinics[clinic][call].AskAsync();
                    if (i >= 0)
                    {
                        times[clinic].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }
                }
            }

            measured.Add(new Measured(clinics[0][call].Name, [.. times.Select(FirstQuartile)], rows));
        }

        return measured;
    }

    // What else the machine does makes some answers slow and none quick.
    private static double FirstQuartile(List<double> times) => times.Order().ElementAt(times.Count / 4);

    private static void Report(DatabaseKind kind, IReadOnlyList<Measured> measured)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kind}: first quartiles of {Tries}, milliseconds, at {string.Join(", ", Sizes)} patients; limit {Limit} times"));
        foreach (var list in measured)
        {
            var times = string.Join(" | ", list.Times.Select(time => time.ToString("0.00", CultureInfo.InvariantCulture)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {list.Name} | {times} | {list.Ratio:0.00} × | {list.Verdict} |"));
        }
    }

    private sealed record Measured(string Name, double[] Times, int[] Rows)
    {
        public double Ratio => Times[^1] / Times[0];

        // A list that shows more rows where there is more to show says how many.
        public string Verdict => Rows.Distinct().Count() > 1 ? $"rows: {string.Join(", ", Rows)}" : Ratio > Limit ? "past the limit" : "";
    }
}
