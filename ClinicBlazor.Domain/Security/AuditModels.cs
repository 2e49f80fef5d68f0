using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security;

/// <summary>Which entries to list.</summary>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC.</param>
/// <param name="Who">Beginnings of words of the name, or of the address, of who did it.</param>
/// <param name="PatientNumber">Number of the patient; entries of lists in which the patient stood are found too.</param>
/// <param name="Act">One act.</param>
/// <param name="Outcome">One outcome.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
/// <param name="OldestFirst">True for the order in which it happened.</param>
public sealed record AuditQuery(
    DateOnly? From = null, DateOnly? To = null, string Who = "", int? PatientNumber = null, AuditAct? Act = null,
        AuditOutcome? Outcome = null, string? After = null,
    bool OldestFirst = false);

/// <summary>An entry as administrators see it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Sequence">Place in the chain; null while it waits for its seal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Name of who did it; null when not known.</param>
/// <param name="Role">Roles held at that moment.</param>
/// <param name="Act">What.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Level">How severe.</param>
/// <param name="PatientId">Whose data; the id that was asked for.</param>
/// <param name="PatientNumber">Number of the patient; null for none, or for an id that no patient has.</param>
/// <param name="RecordId">Which record.</param>
/// <param name="VisitId">Which visit.</param>
/// <param name="Subject">Name of the account it was done to.</param>
/// <param name="Address">Client address.</param>
/// <param name="UserAgent">Client software.</param>
/// <param name="SessionId">Session.</param>
public sealed record AuditRow(
    Guid Id, long? Sequence, DateTimeOffset At, string? Who, string Role, AuditAct Act, AuditOutcome Outcome, AuditLevel Level,
    Guid? PatientId, int? PatientNumber, Guid? RecordId, Guid? VisitId, string? Subject, string Address, string UserAgent, Guid? SessionId)
{
    /// <summary>Which document.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Which role, identifier or fields it was about.</summary>
    public IReadOnlyList<AuditDetail> Details { get; init; } = [];

    /// <summary>Numbers of the patients who stood in the list that was read.</summary>
    public IReadOnlyList<int> Listed { get; init; } = [];
}

/// <summary>Who looked at a patient's data.</summary>
/// <param name="PatientName">Name and number of the patient, for paper; empty for somebody who is none.</param>
/// <param name="PatientBirthDate">When the patient was born.</param>
/// <param name="Looks">Each look, newest first.</param>
public sealed record AccessHistory(string PatientName, DateOnly PatientBirthDate, IReadOnlyList<AccessHistoryRow> Looks);

/// <summary>Somebody looked at a patient's data, as the patient sees it.</summary>
/// <param name="EntryId">The entry that tells of it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Name.</param>
/// <param name="Role">Roles held at that moment.</param>
/// <param name="Act">What was done.</param>
/// <param name="InList">True for a list or search in which the patient stood among others.</param>
public sealed record AccessHistoryRow(Guid EntryId, DateTimeOffset At, string Who, string Role, AuditAct Act, bool InList)
{
    /// <summary>What became of it where the patient did not recognise it; null where nothing was said.</summary>
    public LookReportState? Report { get; init; }

    /// <summary>The record that was read or written; null where it was none.</summary>
    public LookedAtRecord? Record { get; init; }

    /// <summary>The document that was opened or added; null where it was none.</summary>
    public LookedAtDocument? Document { get; init; }

    /// <summary>The visit in which it was; null outside of a visit.</summary>
    public LookVisit? Visit { get; init; }
}

/// <summary>A document that somebody opened or added.</summary>
/// <param name="Id">Id of the document.</param>
/// <param name="FileName">What it is called; empty for one that is hidden.</param>
/// <param name="AddedAt">When it was added, UTC.</param>
/// <param name="IsHidden">True for one that was entered in error, which its patient does not open any more.</param>
public sealed record LookedAtDocument(Guid Id, string FileName, DateTimeOffset AddedAt, bool IsHidden);

/// <summary>A record that somebody read or wrote.</summary>
/// <param name="Id">Id of the record.</param>
/// <param name="CreatedAt">When it was written, UTC: what tells it from the patient's others.</param>
/// <param name="IsHidden">True for one that was entered in error, which its patient does not open any more.</param>
public sealed record LookedAtRecord(Guid Id, DateTimeOffset CreatedAt, bool IsHidden);

/// <summary>A visit in which somebody looked.</summary>
/// <param name="Id">Id of the visit.</param>
/// <param name="ArrivedAt">When the patient arrived, UTC.</param>
public sealed record LookVisit(Guid Id, DateTimeOffset ArrivedAt);
