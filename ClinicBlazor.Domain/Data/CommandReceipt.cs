using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Data;

/// <summary>Tells that an act was done, and what it answered, so that its second arrival is answered the same. Kept for a week.</summary>
internal sealed class CommandReceipt
{
    /// <summary>For how long an act is known.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>Who did it.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Which act, as the form named it.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>What it is called in the audit trail.</summary>
    public required AuditAct Act { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id that it answered with; null for an act that had nothing to tell but that it is done.</summary>
    public Guid? AnswerId { get; init; }

    /// <summary>Keyed digest of what was sent: what was sent can neither be read from it nor guessed.</summary>
    public required byte[] Digest { get; init; }
}
