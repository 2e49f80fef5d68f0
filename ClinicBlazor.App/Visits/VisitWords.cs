using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.App.Visits;

/// <summary>The words of visits, one for each state and each act; the keys of their translations.</summary>
internal static class VisitWords
{
    /// <summary>Where a visit stands.</summary>
    public static string Of(VisitStatus status) => status switch
    {
        VisitStatus.Planned => "Expected",
        VisitStatus.Arrived => "Arrived",
        VisitStatus.Triaged => "Triaged",
        VisitStatus.InProgress => "With the doctor",
        VisitStatus.Finished => "Finished",
        VisitStatus.Cancelled => "Cancelled",
        VisitStatus.NoShow => "Did not come",
        VisitStatus.EnteredInError => "Entered in error",
    };

    /// <summary>The glyph beside it: a ring that fills as the visit goes on.</summary>
    public static string IconOf(VisitStatus status) => status switch
    {
        VisitStatus.Planned => "expected",
        VisitStatus.Arrived => "arrived",
        VisitStatus.Triaged => "triage",
        VisitStatus.InProgress => "with-doctor",
        VisitStatus.Finished => "done",
        VisitStatus.Cancelled or VisitStatus.NoShow or VisitStatus.EnteredInError => "x",
    };

    /// <summary>What the state means.</summary>
    public static Tone ToneOf(VisitStatus status) => status switch
    {
        VisitStatus.Planned or VisitStatus.Arrived or VisitStatus.Triaged or VisitStatus.InProgress => Tone.Neutral,
        VisitStatus.Finished => Tone.Ok,
        VisitStatus.Cancelled or VisitStatus.NoShow or VisitStatus.EnteredInError => Tone.Off,
    };

    /// <summary>Its code (FHIR Encounter.status), by which rows are told apart.</summary>
    public static string CodeOf(VisitStatus status) => status switch
    {
        VisitStatus.Planned => "planned",
        VisitStatus.Arrived => "arrived",
        VisitStatus.Triaged => "triaged",
        VisitStatus.InProgress => "in-progress",
        VisitStatus.Finished => "finished",
        VisitStatus.Cancelled => "cancelled",
        VisitStatus.NoShow => "noshow",
        VisitStatus.EnteredInError => "entered-in-error",
    };

    /// <summary>The name of the act on its button.</summary>
    public static string Of(VisitAct act) => act switch
    {
        VisitAct.Plan => "Plan a visit",
        VisitAct.CheckIn => "Check in",
        VisitAct.StartTriage => "Start triage",
        VisitAct.CallIn => "Call in",
        VisitAct.Finish => "Finish visit",
        VisitAct.Cancel => "Cancel the visit",
        VisitAct.MarkNoShow => "Did not come",
        VisitAct.MarkInError => "Entered in error…",
        VisitAct.Undo => "Undo",
        VisitAct.Give => "Change the doctor",
    };

    /// <summary>Who does what comes next, for those who do not; {0} is the doctor.</summary>
    public static string ByOthers(VisitAct act, bool hasDoctor) => act switch
    {
        VisitAct.CheckIn => "Reception checks in",
        VisitAct.StartTriage => "A nurse starts the triage",
        VisitAct.CallIn => hasDoctor ? "{0} calls in" : "A doctor calls in",
        VisitAct.Finish => hasDoctor ? "{0} finishes" : "The doctor finishes",
        _ => "",
    };

    /// <summary>What was done, as the history tells it.</summary>
    public static string Done(VisitAct act) => act switch
    {
        VisitAct.Plan => "planned",
        VisitAct.CheckIn => "checked in",
        VisitAct.StartTriage => "triage started",
        VisitAct.CallIn => "called in",
        VisitAct.Finish => "visit finished",
        VisitAct.Cancel => "visit cancelled",
        VisitAct.MarkNoShow => "noted as not come",
        VisitAct.MarkInError => "marked as entered in error",
        VisitAct.Undo => "last act taken back",
        VisitAct.Give => "given to another doctor, or to any",
    };
}
