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
    private static async Task<IReadOnlyList<(string Name, double[] Medians)>> MeasureAsync(
        List<IReadOnlyList<ListCall>> clinics)
    {
        var measured = new List<(string, double[])>();
        for (var call = 0; call < clinics[0].Count; call++)
        {
            var times = clinics.Select(_ => new List<double>(Tries)).ToArray();
            for (var i = -Warmups; i < Tries; i++)
            {
                for (var clinic = 0; clinic < clinics.Count; clinic++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await clinics[clinic][call].AskAsync();
                    if (i >= 0)
                    {
                        times[clinic].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }
                }
            }

            measured.Add((clinics[0][call].Name, [.. times.Select(Median)]));
        }

        return measured;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static void Report(DatabaseKind kind, IReadOnlyList<(string Name, double[] Medians)> measured)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kind}: medians of {Tries}, milliseconds, at {string.Join(", ", Sizes)} patients; limit {Limit} times"));
        foreach (var (name, medians) in measured)
        {
            var ratio = medians[^1] / medians[0];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {medians[0]:0.00} | {medians[1]:0.00} | {medians[2]:0.00} | {ratio:0.00} × {Verdict(ratio)}|"));
        }
    }

    private static string Verdict(double ratio) => ratio > Limit ? "past the limit " : "";
}
