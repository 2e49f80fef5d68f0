using ClinicBlazor.Domain.Visits;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Shared;

/// <summary>The words of visits: one for each state and each act, on every page that names it, in the reader's language.</summary>
internal static class VisitWords
{
    /// <summary>Where a visit stands.</summary>
    public static string Of(VisitStatus status, IStringLocalizer<VisitWordsText> text) => status switch
    {
        VisitStatus.Planned => text["Expected"],
        VisitStatus.Arrived => text["Arrived"],
        VisitStatus.Triaged => text["Triaged"],
        VisitStatus.InProgress => text["With the doctor"],
        VisitStatus.Finished => text["Finished"],
        VisitStatus.Cancelled => text["Cancelled"],
        VisitStatus.NoShow => text["Did not come"],
        VisitStatus.EnteredInError => text["Entered in error"],
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
    public static string Of(VisitAct act, IStringLocalizer<VisitWordsText> text) => act switch
    {
        VisitAct.Plan => text["Plan a visit"],
        VisitAct.CheckIn => text["Check in"],
        VisitAct.StartTriage => text["Start triage"],
        VisitAct.CallIn => text["Call in"],
        VisitAct.Finish => text["Finish visit"],
        VisitAct.Cancel => text["Cancel the visit"],
        VisitAct.MarkNoShow => text["Did not come"],
        VisitAct.MarkInError => text["Entered in error…"],
        VisitAct.Undo => text["Undo"],
        VisitAct.Give => text["Change the doctor"],
    };

    /// <summary>Who does what comes next, for those who do not; null for the doctor is any doctor.</summary>
    public static string ByOthers(VisitAct act, string? doctor, IStringLocalizer<VisitWordsText> text) => act switch
    {
        VisitAct.CheckIn => text["Reception checks in"],
        VisitAct.StartTriage => text["A nurse starts the triage"],
        VisitAct.CallIn => doctor is null ? text["A doctor calls in"] : text["{0} calls in", doctor],
        VisitAct.Finish => doctor is null ? text["The doctor finishes"] : text["{0} finishes", doctor],
        _ => "",
    };

    /// <summary>What was done, as the history tells it.</summary>
    public static string Done(VisitAct act, IStringLocalizer<VisitWordsText> text) => act switch
    {
        VisitAct.Plan => text["planned"],
        VisitAct.CheckIn => text["checked in"],
        VisitAct.StartTriage => text["triage started"],
        VisitAct.CallIn => text["called in"],
        VisitAct.Finish => text["visit finished"],
        VisitAct.Cancel => text["visit cancelled"],
        VisitAct.MarkNoShow => text["noted as not come"],
        VisitAct.MarkInError => text["marked as entered in error"],
        VisitAct.Undo => text["last act taken back"],
        VisitAct.Give => text["given to another doctor, or to any"],
    };
}
