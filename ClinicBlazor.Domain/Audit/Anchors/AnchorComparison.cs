namespace ClinicBlazor.Domain.Audit.Anchors;

/// <summary>What the anchors say against the trail, or against themselves.</summary>
public enum AnchorFindingKind
{
    /// <summary>There is no file of anchors.</summary>
    FileMissing,

    /// <summary>The file cannot be read, or is not one of anchors.</summary>
    FileUnreadable,

    /// <summary>The file does not begin with a beginning: earlier anchors were taken away, or the whole file was.</summary>
    BeginningMissing,

    /// <summary>Numbers are missing in the file.</summary>
    AnchorsMissing,

    /// <summary>A line has the form of an anchor and was not signed by this clinic.</summary>
    AnchorForged,

    /// <summary>The trail ends before a place that it had reached.</summary>
    EntriesMissing,

    /// <summary>Other entries stand where an anchor saw these: an older copy was put back, and went on.</summary>
    EntriesReplaced,
}

/// <summary>Something that the anchors say is not right.</summary>
/// <param name="Kind">What.</param>
/// <param name="From">First entry, anchor or line concerned; 0 where there is none.</param>
/// <param name="To">Last one.</param>
/// <param name="At">When the anchor was made that knows it; null where none does.</param>
public sealed record AnchorFinding(AnchorFindingKind Kind, long From = 0, long To = 0, DateTimeOffset? At = null);

/// <summary>What came of comparing the trail with its anchors.</summary>
/// <param name="Anchors">How many were compared.</param>
/// <param name="FirstAt">When the first was made; null for none.</param>
/// <param name="LastAt">When the last was made; null for none.</param>
/// <param name="Findings">What is not right; empty when all is.</param>
public sealed record AnchorComparison(long Anchors, DateTimeOffset? FirstAt, DateTimeOffset? LastAt, IReadOnlyList<AnchorFinding> Findings)
{
    /// <summary>True when the trail holds all that the anchors name.</summary>
    public bool Holds => Findings.Count == 0;
}
