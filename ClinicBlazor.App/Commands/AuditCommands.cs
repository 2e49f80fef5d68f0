using System.Globalization;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.App.Commands;

/// <summary>Commands about the audit trail.</summary>
internal static class AuditCommands
{
    /// <summary>Checks the chain and names each place where it does not hold.</summary>
    public static async Task<int> VerifyAsync(WebApplication app, string[] _, CancellationToken ct)
    {
        var found = await app.Services.GetRequiredService<AuditCheck>().RunAsync(ct);
        return found.IsIntact
            ? await CommandLine.FinishAsync($"The audit trail is intact: {found.Entries} entries, {found.Pending} of them waiting for their seal.")
            : await CommandLine.ReportAsync([$"The audit trail does not hold: {found.Entries} entries, {found.Breaks.Count} findings.", .. found.Breaks.Select(Line)]);
    }

    private static string Line(AuditBreak found)
    {
        var place = found.Sequence is { } sequence ? string.Create(CultureInfo.InvariantCulture, $" at place {sequence}") : "";
        var entry = found.EntryId is { } id ? $", entry {id}" : "";
        return found.Kind + place + entry;
    }
}
