using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security;

/// <summary>How a verification that somebody began stands. What it holds is for those who may read the trail.</summary>
/// <param name="StartedBy">Name of who began it.</param>
/// <param name="StartedAt">When, UTC.</param>
/// <param name="Stage">Where it is.</param>
public sealed record VerifyState(string StartedBy, DateTimeOffset StartedAt, VerifyStage Stage)
{
    /// <summary>How far it has come; null at its beginning.</summary>
    public AuditProgress? Progress { get; init; }

    /// <summary>What it found; null unless it has finished.</summary>
    public AuditVerification? Found { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>Where a verification is.</summary>
public enum VerifyStage
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It has walked to the end, or found as much as it tells.</summary>
    Finished,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>It could not go on; the log says why.</summary>
    Failed,
}
