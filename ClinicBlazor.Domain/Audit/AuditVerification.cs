using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Audit.Archives;

namespace ClinicBlazor.Domain.Audit;

/// <summary>What is wrong with an entry of the chain.</summary>
public enum AuditBreakKind
{
    /// <summary>A field of the entry was changed.</summary>
    EntryChanged,

    /// <summary>The entry is gone, its place in the chain is not.</summary>
    EntryRemoved,

    /// <summary>The entry is in no chain, waits for none, and was not written by this application.</summary>
    EntryInserted,

    /// <summary>A number is missing in the chain, or an entry has lost its place in it.</summary>
    SealRemoved,

    /// <summary>The link does not follow from the one before: reordered or replaced.</summary>
    ChainBroken,

    /// <summary>Patients are named for the list of an entry that is not there.</summary>
    ListWithoutEntry,

    /// <summary>An archive is not what it was: its row, or one of what it says of its entries, was changed, added or removed.</summary>
    ArchiveChanged,

    /// <summary>The file of an archive is not the one that was written.</summary>
    ArchiveFileChanged,
}

/// <summary>A finding of the verifier.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Sequence">Place in the chain; null for an entry that has none.</param>
/// <param name="EntryId">Which entry; null where only its place is known.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long? Sequence, Guid? EntryId)
{
    /// <summary>Which archive; null for what is about an entry.</summary>
    public long? Archive { get; init; }
}

/// <summary>What the verifier found.</summary>
/// <param name="Entries">Entries looked at.</param>
/// <param name="Pending">Of these, how many wait for their seal.</param>
/// <param name="Breaks">Findings, in the order of the chain; at most <see cref="MostBreaks"/>.</param>
/// <param name="Anchors">What the anchors outside the database say of it.</param>
/// <param name="VerifiedAt">When.</param>
public sealed record AuditVerification(long Entries, long Pending, IReadOnlyList<AuditBreak> Breaks, AnchorComparison Anchors,
    DateTimeOffset VerifiedAt)
{
    /// <summary>Findings after which a verification ends.</summary>
    public const int MostBreaks = 100;

    /// <summary>What there is of archives, into which old entries went.</summary>
    public ArchiveState Archives { get; init; } = ArchiveState.None;

    /// <summary>True when every entry is as it was written and in its place, and none that the anchors know is gone.</summary>
    public bool IsIntact => Breaks.Count == 0 && Anchors.Holds;

    /// <summary>How many findings there are.</summary>
    public int Findings => Breaks.Count + Anchors.Findings.Count;
}

/// <summary>How far a verification has come.</summary>
/// <param name="Checked">Entries looked at so far.</param>
/// <param name="Total">Entries in the chain when it began.</param>
public sealed record AuditProgress(long Checked, long Total);
