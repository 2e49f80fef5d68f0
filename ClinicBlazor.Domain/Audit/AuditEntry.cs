using System.Buffers.Binary;
using System.Text;

namespace ClinicBlazor.Domain.Audit;

/// <summary>What was done or tried.</summary>
public enum AuditAct
{
    /// <summary>Password given.</summary>
    SignIn,

    /// <summary>Second factor given.</summary>
    SecondFactor,

    /// <summary>A recovery code was given in place of the second factor.</summary>
    RecoveryCodeUsed,

    /// <summary>The password or a code was given again before a sensitive act.</summary>
    IdentityProved,

    /// <summary>Signed out.</summary>
    SignOut,

    /// <summary>Too many failures locked an account.</summary>
    AccountLocked,

    /// <summary>Somebody asked for an account of their own.</summary>
    AccountRegistered,

    /// <summary>An address was confirmed.</summary>
    AccountConfirmed,

    /// <summary>A new password was asked for.</summary>
    PasswordResetRequested,

    /// <summary>A password was set or changed.</summary>
    PasswordChanged,

    /// <summary>Enrolment of a second factor began.</summary>
    SecondFactorEnrolmentBegun,

    /// <summary>A second factor was enrolled.</summary>
    SecondFactorEnrolled,

    /// <summary>A second factor was switched off by its owner.</summary>
    SecondFactorDisabled,

    /// <summary>New recovery codes were made.</summary>
    RecoveryCodesRenewed,

    /// <summary>One's own account was looked at.</summary>
    OwnAccountRead,

    /// <summary>A session was ended by its owner.</summary>
    SessionEnded,

    /// <summary>The list of accounts was read.</summary>
    AccountsListed,

    /// <summary>Somebody was invited.</summary>
    AccountInvited,

    /// <summary>Roles were changed.</summary>
    RolesChanged,

    /// <summary>A locked account was opened.</summary>
    AccountUnlocked,

    /// <summary>An account was switched off.</summary>
    AccountDeactivated,

    /// <summary>An account was switched on again.</summary>
    AccountReactivated,

    /// <summary>A second factor was taken away by an administrator.</summary>
    SecondFactorReset,

    /// <summary>An account was linked to a patient.</summary>
    AccountLinked,

    /// <summary>The list of patients was read.</summary>
    PatientsListed,

    /// <summary>Patients were looked for by an SSN.</summary>
    PatientSearchedBySsn,

    /// <summary>A patient's page was read.</summary>
    PatientRead,

    /// <summary>A patient was registered.</summary>
    PatientCreated,

    /// <summary>A patient was made inactive.</summary>
    PatientMadeInactive,

    /// <summary>A patient was made active again.</summary>
    PatientMadeActive,

    /// <summary>An SSN or TIN was shown in full.</summary>
    IdentifierShown,

    /// <summary>Somebody joined a care team.</summary>
    CareTeamJoined,

    /// <summary>Somebody left a care team.</summary>
    CareTeamLeft,

    /// <summary>A patient was checked in.</summary>
    VisitStarted,

    /// <summary>Somebody was added to a visit.</summary>
    VisitJoined,

    /// <summary>A visit was closed.</summary>
    VisitFinished,

    /// <summary>A list of records was read.</summary>
    RecordsListed,

    /// <summary>A record was read.</summary>
    RecordRead,

    /// <summary>A record was written.</summary>
    RecordCreated,

    /// <summary>A diagnosis was saved.</summary>
    DiagnosisSaved,

    /// <summary>A record was signed.</summary>
    RecordSigned,

    /// <summary>A record was marked as entered in error.</summary>
    RecordMarkedInError,

    /// <summary>A draft was saved, read or thrown away.</summary>
    DraftKept,

    /// <summary>A page was asked for by its address.</summary>
    PageOpened,

    /// <summary>A patient read who had looked at the record.</summary>
    AccessHistoryRead,

    /// <summary>The audit trail was read.</summary>
    AuditRead,

    /// <summary>The audit trail was verified.</summary>
    AuditVerified,

    /// <summary>A data key was made.</summary>
    KeyCreated,

    /// <summary>Demonstration data was put in.</summary>
    DemoDataSeeded,
}

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

/// <summary>How loud it is.</summary>
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

    /// <summary>How loud.</summary>
    public required AuditLevel Level { get; init; }

    /// <summary>Whose data.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Which record.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Which visit.</summary>
    public Guid? VisitId { get; init; }

    /// <summary>Which account it was done to.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Client address.</summary>
    public required string Address { get; init; }

    /// <summary>Client software.</summary>
    public required string UserAgent { get; init; }

    /// <summary>Key that <see cref="Mac"/> was made with.</summary>
    public int KeyId { get; init; }

    /// <summary>HMAC-SHA-256 over <see cref="Canonical"/>.</summary>
    public byte[] Mac { get; init; } = [];

    /// <summary>
    /// The bytes that are authenticated: every field but the MAC, each with its length in front, so that no two
    /// different entries have the same form.
    /// </summary>
    public byte[] Canonical()
    {
        using var buffer = new MemoryStream(256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in Fields())
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            buffer.Write(length);
            buffer.Write(bytes);
        }

        return buffer.ToArray();
    }

    private IEnumerable<string> Fields() =>
    [
        "audit entry 1", $"{Id:D}", $"{At.UtcTicks}", $"{AccountId:D}", Role, $"{SessionId:D}", $"{Act}", $"{Outcome}", $"{Level}",
        $"{PatientId:D}", $"{RecordId:D}", $"{VisitId:D}", $"{SubjectId:D}", Address, UserAgent, $"{KeyId}",
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
