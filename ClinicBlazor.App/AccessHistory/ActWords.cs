using ClinicBlazor.Domain.Audit;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.AccessHistory;

/// <summary>What somebody did with a patient's data, in the patient's words.</summary>
internal static class ActWords
{
    /// <summary>The words for an act. One that has none of its own is shown all the same.</summary>
    public static string Of(AuditAct act, IStringLocalizer<AccessHistoryText> text) => text[act switch
    {
        AuditAct.PatientRead => "Opened your page",
        AuditAct.PatientCreated => "Registered you at the clinic",
        AuditAct.PatientMadeActive or AuditAct.PatientMadeInactive => "Changed whether the clinic still cares for you",
        AuditAct.IdentifierShown => "Saw your full social security or tax number",
        AuditAct.AccountLinked => "Linked your account to your chart",
        AuditAct.CareTeamJoined or AuditAct.CareTeamLeft => "Changed who cares for you",
        AuditAct.VisitStarted => "Checked you in",
        AuditAct.VisitJoined => "Changed who takes part in your visit",
        AuditAct.VisitFinished => "Closed your visit",
        AuditAct.RecordsListed => "Saw the list of your records",
        AuditAct.RecordRead => "Read one of your records",
        AuditAct.RecordCreated => "Wrote down what you said",
        AuditAct.DiagnosisSaved => "Wrote a diagnosis",
        AuditAct.RecordSigned => "Signed one of your records",
        AuditAct.RecordMarkedInError => "Marked a record as entered in error",
        _ => "Worked with your data",
    }];
}
