using System.Globalization;
using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.App.Composition.Commands;

/// <summary>Commands about the data keys.</summary>
internal static class KeyCommands
{
    /// <summary>Gives the clinic new data keys and seals everything anew, beside a running application.</summary>
    public static async Task<int> RotateAsync(WebApplication app, string[] _, CancellationToken ct)
    {
        var grace = app.Services.GetRequiredService<KeySettings>().Grace;
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
                $"New data keys are made. They are used after {grace.TotalSeconds:0} seconds, when every instance knows them; broken off, the command goes on where it was."));
        var outcome = await app.Services.GetRequiredService<KeyRotator>().RunAsync(new Lines(), ct);
        return outcome.Unreadable == 0
            ? await CommandLine.FinishAsync(string.Create(
                CultureInfo.InvariantCulture,
                    $"Done: {outcome.Resealed} rows sealed anew, {outcome.Retired} old keys retired. Earlier backups need the keys that lie in them, and the same master key."))
            : await CommandLine.ReportAsync(string.Create(
                CultureInfo.InvariantCulture,
                    $"{outcome.Unreadable} values do not open where they stand; the log names each. They were left as they are, and the old keys stay."));
    }

    /// <summary>A line each time another thousand rows were looked at, and at the end of a table.</summary>
    private sealed class Lines : IProgress<ResealProgress>
    {
        private const long Step = 1000;

        private ResealProgress last = new("", 0, 0, 0);

        public void Report(ResealProgress value)
        {
            if (value.Table != last.Table || value.Rows / Step != last.Rows / Step)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{value.Table}: {value.Rows} rows looked at, {value.Resealed} sealed anew"));
            }

            last = value;
        }
    }
}
