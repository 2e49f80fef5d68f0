using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.Domain.Visits;

/// <summary>What is typed to agree upon a visit.</summary>
/// <param name="Date">The day, in any form that the page shows days in.</param>
/// <param name="Time">The time of day, as 14:30 or 2:30 pm.</param>
/// <param name="DoctorId">The doctor whom it is for; null for any who is on duty.</param>
public sealed record NewVisit(string Date, string Time, Guid? DoctorId = null);

/// <summary>A visit in the list of a patient's visits.</summary>
/// <param name="Id">Id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PlannedFor">For when it was agreed upon.</param>
/// <param name="ArrivedAt">When the patient arrived.</param>
/// <param name="ClosedAt">When it was over.</param>
/// <param name="DoctorName">The doctor who saw the patient, else the one whom it is for; null for any.</param>
public sealed record VisitRow(
    Guid Id, VisitStatus Status, DateTimeOffset? PlannedFor, DateTimeOffset? ArrivedAt, DateTimeOffset? ClosedAt, string? DoctorName);

/// <summary>One act of a visit's history.</summary>
/// <param name="Act">What was done.</param>
/// <param name="To">Where the visit stood from then on.</param>
/// <param name="At">When.</param>
/// <param name="By">Name of who did it; null for the program itself.</param>
/// <param name="Reason">Why, where somebody had to say so.</param>
public sealed record VisitHistoryEntry(VisitAct Act, VisitStatus To, DateTimeOffset At, string? By, string? Reason);

/// <summary>One visit.</summary>
/// <param name="Visit">What the list shows of it.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="Since">Since when it stands where it stands.</param>
/// <param name="Acts">What the reader can do with it now, in the order of <see cref="VisitTransitions"/>.</param>
/// <param name="History">What was done, oldest first; empty for visits from before it was kept.</param>
public sealed record VisitDetails(
    VisitRow Visit, Guid PatientId, DateTimeOffset Since, IReadOnlyList<VisitAct> Acts, IReadOnlyList<VisitHistoryEntry> History);

/// <summary>A line of the queue.</summary>
/// <param name="VisitId">The visit.</param>
/// <param name="PatientId">Whose.</param>
/// <param name="PatientName">Name of the patient.</param>
/// <param name="PatientNumber">Number of the patient.</param>
/// <param name="BirthDate">When the patient was born.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="Status">Where the visit stands.</param>
/// <param name="Since">Since when; for a planned visit, for when it was agreed upon.</param>
/// <param name="DoctorName">The doctor who sees the patient, else the one whom the visit is for; null for any.</param>
/// <param name="Next">What comes next; null when nothing does.</param>
/// <param name="IsMine">True when the reader is one of those who do that.</param>
/// <param name="MayOpen">True when the reader may open the patient's page.</param>
/// <param name="IsHeld">True while the patient is not called in, because what the visit costs is not cleared.</param>
/// <param name="Open">What is open, for those who may see it; null for the others, and while nothing holds the visit.</param>
/// <param name="ClearedUntil">When its clearance ends by itself; null when it does not.</param>
public sealed record QueueRow(
    Guid VisitId, Guid PatientId, string PatientName, int PatientNumber, DateOnly BirthDate, Sex Sex, VisitStatus Status,
    DateTimeOffset Since, string? DoctorName, VisitAct? Next, bool IsMine, bool MayOpen,
    bool IsHeld = false, Money? Open = null, DateTimeOffset? ClearedUntil = null);

/// <summary>The clinic's day as the queue shows it.</summary>
/// <param name="Rows">Everybody who is expected or here, and the last who have gone; those who wait longest first.</param>
/// <param name="Gone">How many have gone today.</param>
public sealed record QueueBoard(IReadOnlyList<QueueRow> Rows, int Gone);
