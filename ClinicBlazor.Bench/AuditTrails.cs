using System.Diagnostics;
using System.Globalization;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Bench;

/// <summary>
/// What an administrator's questions to the audit trail cost when it holds five million entries, against one of fifty thousand, and how
/// long the verification of all of it takes and how much memory. On SQLite. A number behind the part's name asks for another size.
/// </summary>
internal static class AuditTrails
{
    private const int Small = 50_000;
    private const int Large = 5_000_000;
    private const int Warmups = 2;
    private const int Tries = 15;

    public static async Task MeasureAsync(IReadOnlyList<string> args)
    {
        var size = args.Select(arg => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .FirstOrDefault(number => number > 0, Large);
        await using var small = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await using var large = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        var (few, many) = (await FillAsync(small, Small), await FillAsync(large, size));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Audit trail: first quartiles of {Tries}, milliseconds, at {Small:N0} and {size:N0} entries"));
        foreach (var (one, other) in few.Zip(many))
        {
            var (before, rows) = await TimeAsync(one);
            var (after, _) = await TimeAsync(other);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {one.Name} | {before:0.00} | {after:0.00} | {after / before:0.00} × | {rows} rows |"));
        }

        foreach (var host in (DomainHost[])[small, large])
        {
            await VerifyAsync(host);
        }
    }

    private static async Task<IReadOnlyList<ListCall>> FillAsync(DomainHost host, int entries)
    {
        var start = Stopwatch.GetTimestamp();
        var (person, patientNumber) = await BigTrail.FillAsync(host, entries);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{entries:N0} entries written in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
        return await TrailCall.AllAsync(host, person, patientNumber);
    }

    private static async Task<(double Milliseconds, int Rows)> TimeAsync(ListCall call)
    {
        var times = new List<double>(Tries);
        var rows = 0;
        for (var i = -Warmups; i < Tries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            rows = await call.AskAsync();
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return (times.Order().ElementAt(times.Count / 4), rows);
    }

    private static async Task VerifyAsync(DomainHost host)
    {
        GC.Collect();
        var (before, most) = (Environment.WorkingSet, Environment.WorkingSet);
        var start = Stopwatch.GetTimestamp();
        await using var timer = new Timer(_ => most = Math.Max(most, Environment.WorkingSet), state: null, TimeSpan.Zero,
            TimeSpan.FromMilliseconds(200));
        var found = await host.Get<AuditCheck>().RunAsync(anchorsElsewhere: null, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| verify {found.Entries:N0} entries | {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s | {found.Breaks.Count} findings |")
            + string.Create(CultureInfo.InvariantCulture, $" {(most - before) / 1e6:0} MB more at most |"));
    }
}
