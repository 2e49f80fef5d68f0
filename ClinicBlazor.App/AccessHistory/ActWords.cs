using ClinicBlazor.Domain.Audit;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.AccessHistory;

/// <summary>What somebody did with a patient's data, in the patient's words.</summary>
internal static class ActWords
{
    /// <summary>The words for something that somebody did.</summary>
    public static string Of(Look look, IStringLocalizer<AccessHistoryText> text) => text[look.InList ? InList(look.Act) : Alone(look.Act)];

    // Others stood there too.
    private static string InList(AuditAct act) => act switch
    {
        AuditAct.RecordsListed => "Saw your records in a list",
        AuditAct.LookReportsListed => "Read which look you did not recognise",
        AuditAct.QueueRead => "Saw you among those in the clinic",
        AuditAct.BalancesListed => "Saw you in a list of open bills",
        AuditAct.PatientSearchedBySsn => "Searched for your social security number and saw you in a list",
        _ => "Saw you in a list of patients",
    };

    // One that has none of its own is shown all the same.
    private static string Alone(AuditAct act) => act switch
    {
        AuditAct.PatientRead => "Opened your page",
        AuditAct.PatientCreated => "Registered you at the clinic",
        AuditAct.PatientMadeActive or AuditAct.PatientMadeInactive => "Changed whether the clinic still cares for you",
        AuditAct.IdentifierShown => "Saw your full social security or tax number",
        AuditAct.AccountLinkRequested => "Asked to link an account to your chart",
        AuditAct.AccountLinked or AuditAct.AccountLinkCameDue => "Linked your account to your chart",
        AuditAct.AccountUnlinked => "Ended the link of an account to your chart",
        AuditAct.AccountDeactivated => "Switched off the account that was linked to your chart",
        AuditAct.CareTeamJoined or AuditAct.CareTeamLeft => "Changed who cares for you",
        AuditAct.VisitsListed or AuditAct.VisitRead => "Read about your visits",
        AuditAct.VisitPlanned => "Planned a visit for you",
        AuditAct.VisitGiven => "Changed the doctor whom your visit is for",
        AuditAct.VisitStarted => "Checked you in",
        AuditAct.VisitTriageStarted => "Started your triage, and sees your chart during this visit",
        AuditAct.VisitCalledIn => "Called you in, and sees your chart during this visit",
        AuditAct.VisitJoined or AuditAct.VisitLeft => "Changed who takes part in your visit",
        AuditAct.VisitFinished => "Closed your visit",
        AuditAct.VisitCancelled => "Cancelled your visit",
        AuditAct.VisitNotAttended => "Noted that you did not come",
        AuditAct.VisitMarkedInError => "Marked a visit as entered in error",
        AuditAct.VisitUndone => "Took back what was just done to your visit",
        AuditAct.BillRead => "Read what a visit of yours costs",
        AuditAct.ReceiptPrinted => "Printed a receipt of yours",
        AuditAct.ChargeAdded or AuditAct.ChargeReversed => "Changed what a visit of yours costs",
        AuditAct.PaymentTaken => "Noted that you paid",
        AuditAct.PaymentRefunded => "Gave money back to you",
        AuditAct.FeeWaived => "Let you off a fee",
        AuditAct.WaiverEnded => "Took back that you were let off a fee",
        AuditAct.ApprovalRecorded => "Noted what your insurer says",
        AuditAct.PaymentDeferred or AuditAct.PaymentPlanned => "Agreed that you pay later",
        AuditAct.ClearanceWithdrawn => "Took back how a visit of yours was to be paid",
        AuditAct.EmergencyMarked => "Marked your visit as an emergency",
        AuditAct.EmergencyWithdrawn => "Took back that your visit is an emergency",
        AuditAct.PaymentGuardOverridden => "Went on with your visit although something was open",
        AuditAct.RecordsListed => "Saw the list of your records",
        AuditAct.RecordRead => "Read one of your records",
        AuditAct.RecordPrinted => "Printed one of your records",
        AuditAct.ChartPrinted => "Printed a page of your chart",
        AuditAct.RecordCreated => "Wrote down what you said",
        AuditAct.DiagnosisSaved => "Wrote a diagnosis",
        AuditAct.RecordSigned => "Signed one of your records",
        AuditAct.AddendumAdded => "Added to one of your records",
        AuditAct.RecordMarkedInError => "Marked a record as entered in error",
        AuditAct.DocumentsListed => "Saw a list of your documents",
        AuditAct.DocumentAdded => "Added a document to your chart",
        AuditAct.DocumentRead => "Opened one of your documents",
        AuditAct.DocumentPreviewed => "Saw a small picture of one of your documents",
        AuditAct.DocumentMarkedInError => "Marked a document as entered in error",
        AuditAct.LookReportAnswered => "Answered which look you did not recognise",
        _ => "Worked with your data",
    };
}
