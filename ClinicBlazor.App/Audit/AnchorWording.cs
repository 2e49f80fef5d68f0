using System.Globalization;
using ClinicBlazor.Domain.Audit.Anchors;

namespace ClinicBlazor.App.Audit;

/// <summary>What a comparison with the anchors found, in the English sentences that are the keys of <see cref="AuditText"/>.</summary>
public static class AnchorWording
{
    /// <summary>The sentence, with the places of <see cref="Values"/> left open.</summary>
    public static string Of(AnchorFinding finding) => finding switch
    {
        { Kind: AnchorFindingKind.FileMissing } =>
            "The file of anchors is missing. Without it nobody can tell whether the end of the trail was cut off.",
        { Kind: AnchorFindingKind.FileUnreadable } =>
            "The file of anchors cannot be read, or holds no anchor. Without it nobody can tell whether the end of the trail was cut off.",
        { Kind: AnchorFindingKind.BeginningMissing, To: 0 } =>
            "The file of anchors does not begin with its beginning. Earlier anchors were taken away.",
        { Kind: AnchorFindingKind.BeginningMissing } =>
            "Anchors are missing: the first in the file is of entry {1:N0}, made at {2} UTC. What was cut off before then cannot be found with it.",
        { Kind: AnchorFindingKind.AnchorsMissing } => "Anchors {0:N0} to {1:N0} are missing in their file.",
        { Kind: AnchorFindingKind.AnchorForged } =>
            "Line {0:N0} of the file of anchors was changed or forged: this clinic did not sign it.",
        { Kind: AnchorFindingKind.EntriesMissing } => "Entries {0:N0} to {1:N0} are missing: the trail had gone that far at {2} UTC.",
        { Kind: AnchorFindingKind.EntriesReplaced } =>
            "Entries {0:N0} to {1:N0} are not those that stood there at {2} UTC: an older copy of the database was put back, or they were replaced.",
        { Kind: var kind } => throw new ArgumentOutOfRangeException(nameof(finding), kind, "no such finding"),
    };

    /// <summary>What stands at the places of <see cref="Of"/>.</summary>
    public static object[] Values(AnchorFinding finding) =>
        [finding.From, finding.To, finding.At?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? ""];

    /// <summary>The whole sentence in English, for the command line.</summary>
    public static string Sentence(AnchorFinding finding) => string.Format(CultureInfo.InvariantCulture, Of(finding), Values(finding));
}
