using System.Globalization;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.App.Composition.Commands;

/// <summary>Commands about the audit trail.</summary>
internal static class AuditCommands
{
    /// <summary>
    /// Checks the chain with the files of its archives and compares it with its anchors, or with those that were kept elsewhere;
    /// names what does not hold.
    /// </summary>
    public static async Task<int> VerifyAsync(WebApplication app, string[] arguments, CancellationToken ct)
    {
        var elsewhere = arguments is [var file] ? file : null;
        var found = await app.Services.GetRequiredService<AuditCheck>().RunAsync(elsewhere, ct);
        var anchors =
            $"compared with {Count(found.Anchors.Anchors)} anchors of {elsewhere ?? app.Services.GetRequiredService<IOptions<ClinicSettings>>().Value.AnchorFile}{Period(found.Anchors)}";
        if (Archives(app, found.Archives) is { } note)
        {
            await Console.Out.WriteLineAsync(note);
        }

        return found.IsIntact
            ? await CommandLine.FinishAsync(
                $"The audit trail is intact: {found.Entries} entries, {found.Pending} of them waiting for their seal; {anchors}.")
            : await CommandLine.ReportAsync(
                [
                    $"The audit trail does not hold: {found.Entries} entries, {found.Findings} findings; {anchors}.",
                    .. found.Anchors.Findings.Select(AnchorWording.Sentence),
                    .. found.Breaks.Select(Line),
                ]);
    }

    /// <summary>Begins the anchors anew, after a copy of the database was put back on purpose.</summary>
    public static async Task<int> BeginAnchorsAsync(WebApplication app, string[] _, CancellationToken ct)
    {
        var anchor = await app.Services.GetRequiredService<AuditAnchors>().BeginAsync(ct);
        return await CommandLine.FinishAsync(
            $"The anchors begin at entry {Count(anchor.Sequence)}. The old file stays beside the new one, and the trail says that this was done.");
    }

    private static string Period(AnchorComparison anchors) => anchors is { FirstAt: { } first, LastAt: { } last }
        ? string.Create(CultureInfo.InvariantCulture,
            $" from {first.UtcDateTime:yyyy-MM-dd HH:mm} to {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : "";

    // A file that is not there is no finding: archives may be kept elsewhere.
    private static string? Archives(WebApplication app, ArchiveState archives) => archives.Count == 0 ? null
        : $"{Count(archives.Entries)} older entries are in {Count(archives.Count)} archives, signed with the key {app.Services.GetRequiredService<ArchiveSigner>().Fingerprint}"
            + (archives.FilesMissing == 0 ? "; every file is as it was written."
                : $"; {Count(archives.FilesMissing)} files are not in {app.Services.GetRequiredService<IOptions<ClinicSettings>>().Value.AuditArchiveDirectory} and were not looked at.");

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Line(AuditBreak found)
    {
        var place = found.Sequence is { } sequence ? string.Create(CultureInfo.InvariantCulture, $" at place {sequence}") : "";
        var archive = found.Archive is { } number ? string.Create(CultureInfo.InvariantCulture, $" of archive {number}") : "";
        var entry = found.EntryId is { } id ? $", entry {id}" : "";
        return found.Kind + archive + place + entry;
    }
}
