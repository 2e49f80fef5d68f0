using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using static ClinicBlazor.Domain.Visits.VisitStatus;

namespace ClinicBlazor.Domain.Visits;

/// <summary>One line of the table: from where to where an act takes a visit, and who may do it.</summary>
/// <param name="Act">The act.</param>
/// <param name="Permission">What it needs; <see cref="AccessPolicy"/> says which roles have it, and for whose visits.</param>
/// <param name="AuditAct">Its name in the audit trail.</param>
/// <param name="To">Where the visit stands after it.</param>
/// <param name="NeedsReason">True when somebody must say why.</param>
/// <param name="From">Where it may stand before.</param>
public sealed record VisitTransition(VisitAct Act, Permission Permission, AuditAct AuditAct, VisitStatus To, bool NeedsReason,
    IReadOnlyList<VisitStatus> From);

/// <summary>
/// THE table of a visit's way through the clinic. The entity, the services and the pages answer from here and from nowhere else.
/// Beginning a visit (<see cref="VisitAct.Plan"/>, or <see cref="VisitAct.CheckIn"/> of somebody who was not expected) and taking
/// an act back (<see cref="VisitAct.Undo"/>) lead from no state, giving a visit to a doctor (<see cref="VisitAct.Give"/>) leads to
/// none, and these are not in it.
/// </summary>
public static class VisitTransitions
{
    /// <summary>For how long the last act can be taken back by whoever did it.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(10);

    /// <summary>The table, one line an act.</summary>
    public static IReadOnlyList<VisitTransition> Table { get; } =
    [
        //  act                   permission              audited as                    to              reason  from
        new(VisitAct.CheckIn,     Permission.VisitChange, AuditAct.VisitStarted,        Arrived,        false,  [Planned]),
        new(VisitAct.StartTriage, Permission.VisitTriage, AuditAct.VisitTriageStarted,  Triaged,        false,  [Arrived]),
        new(VisitAct.CallIn,      Permission.VisitCallIn, AuditAct.VisitCalledIn,       InProgress,     false,  [Arrived, Triaged]),
        new(VisitAct.Finish,      Permission.VisitChange, AuditAct.VisitFinished,       Finished,       false,
            [Arrived, Triaged, InProgress]),
        new(VisitAct.Cancel,      Permission.VisitChange, AuditAct.VisitCancelled,      Cancelled,      true,
            [Planned, Arrived, Triaged, InProgress]),
        new(VisitAct.MarkNoShow,  Permission.VisitChange, AuditAct.VisitNotAttended,    NoShow,         false,  [Planned]),
        new(VisitAct.MarkInError, Permission.VisitChange, AuditAct.VisitMarkedInError,  EnteredInError, true,
            [Planned, Arrived, Triaged, InProgress, Finished, Cancelled, NoShow]),
    ];

    private static readonly Dictionary<VisitAct, VisitTransition> Lines = Table.ToDictionary(line => line.Act);

    /// <summary>The line of an act. Throws <see cref="ArgumentOutOfRangeException"/> for one that is not in the table.</summary>
    public static VisitTransition Of(VisitAct act) => Lines.TryGetValue(act, out var line) ? line
        : throw new ArgumentOutOfRangeException(nameof(act), act, "This act has no line.");

    /// <summary>True while the patient is in the clinic.</summary>
    public static bool IsOpen(VisitStatus status) => status is Arrived or Triaged or InProgress;

    /// <summary>The act that comes next in the ordinary course; null when there is none.</summary>
    public static VisitAct? NextOf(VisitStatus status) => status switch
    {
        Planned => VisitAct.CheckIn,
        Arrived => VisitAct.StartTriage,
        Triaged => VisitAct.CallIn,
        InProgress => VisitAct.Finish,
        Finished or Cancelled or NoShow or EnteredInError => null,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
