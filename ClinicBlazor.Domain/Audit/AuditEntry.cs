using System.Buffers.Binary;
using System.Text;

namespace ClinicBlazor.Domain.Audit;

/// <summary>How it ended.</summary>
public enum AuditOutcome
{
    /// <summary>Carried out.</summary>
    Done,

    /// <summary>Refused for want of a right.</summary>
    Denied,

    /// <summary>Tried and not achieved: a wrong password, a wrong code, a conflict.</summary>
    Failed,
}

/// <summary>How severe it is.</summary>
public enum AuditLevel
{
    /// <summary>Daily work.</summary>
    Information,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Wants a look.</summary>
    Error,
}

/// <summary>
/// One line of the audit trail: who did what to whom, from where, with what outcome. Ids only, no clinical content.
/// Written in the transaction of the act, never changed.
/// </summary>
internal sealed record AuditEntry
{
    /// <summary>The form of entries from before details and lists of patients; they stay as they were signed.</summary>
    public const int FirstForm = 1;

    /// <summary>The form of entries from before there were documents.</summary>
    public const int SecondForm = 2;

    /// <summary>The form of entries that are written now.</summary>
    public const int PresentForm = 3;

    /// <summary>Id; in the order of time.</summary>
    public required Guid Id { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who; null when not known.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Roles held at that moment.</summary>
    public required string Role { get; init; }

    /// <summary>In which session.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>What.</summary>
    public required AuditAct Act { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>How severe.</summary>
    public required AuditLevel Level { get; init; }

    /// <summary>Whose data.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Which record.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Which visit.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>Which document.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Which account it was done to.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Client address.</summary>
    public required string Address { get; init; }

    /// <summary>Client software.</summary>
    public required string UserAgent { get; init; }

    /// <summary>Which role, identifier or fields, as <see cref="AuditDetails"/> writes them; null for none.</summary>
    public string? Details { get; init; }

    /// <summary>Which form of <see cref="Canonical"/> the MAC covers.</summary>
    public int Form { get; init; } = PresentForm;

    /// <summary>Key that <see cref="Mac"/> was made with.</summary>
    public int KeyId { get; init; }

    /// <summary>HMAC-SHA-256 over <see cref="Canonical"/>.</summary>
    public byte[] Mac { get; init; } = [];

    /// <summary>
    /// The bytes that are authenticated: every field but the MAC, and how many and which patients stood in the list that
    /// the entry tells of, each with its length in front, so that no two different entries have the same form.
    /// </summary>
    public byte[] Canonical(IReadOnlyCollection<Guid> listed)
    {
        using var buffer = new MemoryStream(256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in Fields(listed))
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            buffer.Write(length);
            buffer.Write(bytes);
        }

        return buffer.ToArray();
    }

    private IEnumerable<string> Fields(IReadOnlyCollection<Guid> listed) =>
    [
        $"audit entry {Form}", $"{Id:D}", $"{At.UtcTicks}", $"{AccountId:D}", Role, $"{SessionId:D}", $"{Act}", $"{Outcome}", $"{Level}",
        $"{PatientId:D}", $"{RecordId:D}", $"{VisitId:D}", $"{SubjectId:D}", Address, UserAgent, $"{KeyId}",
        .. Form is FirstForm or SecondForm ? Enumerable.Empty<string>() : [$"{DocumentId:D}"],
        .. Form == FirstForm ? Enumerable.Empty<string>()
            : [Details ?? "", $"{listed.Count}", .. listed.Order().Select(patient => $"{patient:D}")],
    ];
}

/// <summary>The place of an entry in the chain: each seal authenticates the one before and the entry's own MAC.</summary>
internal sealed class AuditSeal
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sealed entry.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Key of <see cref="Mac"/>.</summary>
    public required int KeyId { get; init; }

    /// <summary>HMAC-SHA-256 over the previous seal's MAC, the sequence number and the entry's MAC.</summary>
    public required byte[] Mac { get; init; }
}

/// <summary>An entry that has not been sealed yet; the row goes when it is.</summary>
internal sealed class AuditPending
{
    /// <summary>The entry.</summary>
    public required Guid EntryId { get; init; }
}
