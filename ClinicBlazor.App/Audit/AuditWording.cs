using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.App.Audit;

/// <summary>
/// The English words for what the audit trail holds. They are the keys of <see cref="AuditText"/>: a page shows them
/// through its <c>IStringLocalizer&lt;AuditText&gt;</c>.
/// </summary>
public static class AuditWording
{
    // What a tampered column reads as; the verifier names the entry.
    private const string Unreadable = "unreadable";

    /// <summary>An act, as the clinic's administrators read it.</summary>
    public static string Of(AuditAct act) => Enum.IsDefined(act) ? Words(act) : Unreadable;

    /// <summary>How an act ended.</summary>
    public static string Of(AuditOutcome outcome) => Enum.IsDefined(outcome) ? Words(outcome) : Unreadable;

    /// <summary>How severe an entry is.</summary>
    public static string Of(AuditLevel level) => Enum.IsDefined(level) ? Words(level) : Unreadable;

    /// <summary>What is wrong with an entry, after "Entry 48,204".</summary>
    public static string Of(AuditBreakKind kind) => kind switch
    {
        AuditBreakKind.EntryChanged => "was changed after it was written",
        AuditBreakKind.EntryRemoved => "was removed; its place in the chain is empty",
        AuditBreakKind.EntryInserted => "was put in beside the chain",
        AuditBreakKind.SealRemoved => "has lost its place in the chain",
        AuditBreakKind.ChainBroken => "does not follow from the one before: moved or replaced",
        AuditBreakKind.ListWithoutEntry => "is not there, and patients are named for its list",
        AuditBreakKind.ArchiveChanged => "is not what was archived: a row of it was changed, added or removed",
        AuditBreakKind.ArchiveFileChanged => "has another file than the one that was written",
    };

    /// <summary>What entries of a kind tell of.</summary>
    public static string Of(AuditKind kind) => kind switch
    {
        AuditKind.Patients => "What was done with patients’ data",
        AuditKind.Accounts => "Sign-ins and accounts",
        AuditKind.System => "The program, prices and the audit itself",
    };

    /// <summary>Which role, identifier or field an entry is about.</summary>
    public static string Of(AuditDetail detail) => Enum.IsDefined(detail) ? Words(detail) : Unreadable;

    private static string Words(AuditAct act) => act switch
    {
        AuditAct.SignIn => "Sign-in",
        AuditAct.SecondFactor => "Second factor given",
        AuditAct.RecoveryCodeUsed => "Recovery code used",
        AuditAct.IdentityProved => "Fresh proof given",
        AuditAct.SignOut => "Sign-out",
        AuditAct.AccountLocked => "Account locked",
        AuditAct.BrowserLocked => "Known browser locked",
        AuditAct.AccountRegistered => "Account asked for",
        AuditAct.AccountConfirmed => "Account confirmed",
        AuditAct.PasswordResetRequested => "New password asked for",
        AuditAct.PasswordChanged => "Password changed",
        AuditAct.SecondFactorEnrolmentBegun => "Enrolment of a second factor begun",
        AuditAct.SecondFactorEnrolled => "Second factor enrolled",
        AuditAct.SecondFactorDisabled => "Second factor switched off",
        AuditAct.RecoveryCodesRenewed => "Recovery codes renewed",
        AuditAct.OwnAccountRead => "Own account read",
        AuditAct.SessionEnded => "Sessions ended",
        AuditAct.SessionTimedOut => "Session timed out",
        AuditAct.SessionClientChanged => "Session used from elsewhere",
        AuditAct.SessionsEndedForSafety => "Sessions ended for safety",
        AuditAct.SessionsListed => "Own sessions listed",
        AuditAct.PasskeyAdded => "Passkey added",
        AuditAct.PasskeyRenamed => "Passkey renamed",
        AuditAct.PasskeyRemoved => "Passkey removed",
        AuditAct.PasskeyUsed => "Passkey used",
        AuditAct.AccountsListed => "Accounts listed",
        AuditAct.AccountInvited => "Account invited",
        AuditAct.RolesChanged => "Roles changed",
        AuditAct.RolesGiven => "Roles given, to be confirmed",
        AuditAct.RolesConfirmed => "Roles confirmed",
        AuditAct.RolesWithdrawn => "Roles taken back",
        AuditAct.RolesCameDue => "Roles in effect after a day",
        AuditAct.AccountUnlocked => "Account unlocked",
        AuditAct.AccountDeactivated => "Account deactivated",
        AuditAct.AccountReactivated => "Account reactivated",
        AuditAct.SecondFactorReset => "Second factor reset",
        AuditAct.AccountLinkRequested => "Link of an account asked for",
        AuditAct.AccountLinked => "Account linked to a patient",
        AuditAct.AccountLinkCameDue => "Account linked after a day",
        AuditAct.AccountUnlinked => "Link of an account ended",
        AuditAct.PatientsListed => "Patients listed",
        AuditAct.PatientSearchedBySsn => "Patient searched by SSN",
        AuditAct.DuplicateOverridden => "Registered although somebody much alike is known",
        AuditAct.PatientRead => "Patient read",
        AuditAct.PatientCreated => "Patient registered",
        AuditAct.PatientMadeInactive => "Patient made inactive",
        AuditAct.PatientMadeActive => "Patient made active again",
        AuditAct.IdentifierShown => "SSN or TIN shown",
        AuditAct.CareTeamJoined => "Care team joined",
        AuditAct.CareTeamLeft => "Care team left",
        AuditAct.QueueRead => "Queue read",
        AuditAct.VisitsListed => "Visits of a patient listed",
        AuditAct.VisitRead => "Visit read",
        AuditAct.VisitPlanned => "Visit planned",
        AuditAct.VisitStarted => "Visit begun",
        AuditAct.VisitGiven => "Visit given to a doctor",
        AuditAct.VisitTriageStarted => "Triage started",
        AuditAct.VisitCalledIn => "Patient called in",
        AuditAct.VisitJoined => "Visit joined",
        AuditAct.VisitLeft => "Visit left",
        AuditAct.VisitFinished => "Visit finished",
        AuditAct.VisitCancelled => "Visit cancelled",
        AuditAct.VisitNotAttended => "Patient did not come",
        AuditAct.VisitMarkedInError => "Visit marked as entered in error",
        AuditAct.VisitUndone => "Last act on a visit taken back",
        AuditAct.BillRead => "Bill of a visit read",
        AuditAct.BalancesListed => "Open balances listed",
        AuditAct.ReceiptPrinted => "Receipt printed",
        AuditAct.ChargeAdded => "Charge added",
        AuditAct.ChargeReversed => "Charge reversed",
        AuditAct.PaymentTaken => "Payment taken",
        AuditAct.PaymentRefunded => "Payment refunded",
        AuditAct.FeeWaived => "Fee waived",
        AuditAct.WaiverEnded => "Waiver taken back",
        AuditAct.ApprovalRecorded => "Insurer’s approval recorded",
        AuditAct.PaymentDeferred => "Payment put off",
        AuditAct.PaymentPlanned => "Payment in parts agreed upon",
        AuditAct.ClearanceWithdrawn => "Approval, deferral or plan withdrawn",
        AuditAct.EmergencyMarked => "Visit marked as an emergency",
        AuditAct.EmergencyWithdrawn => "Emergency withdrawn",
        AuditAct.PaymentGuardOverridden => "Payment guard overridden",
        AuditAct.PricesListed => "Price list read",
        AuditAct.PriceSet => "Price set",
        AuditAct.PriceRetired => "Price retired",
        AuditAct.RecordsListed => "Records listed",
        AuditAct.NextRecordFound => "Next waiting record asked for",
        AuditAct.RecordRead => "Record read",
        AuditAct.RecordPrinted => "Record printed",
        AuditAct.ChartPrinted => "Page of a chart printed",
        AuditAct.RecordCreated => "Record written",
        AuditAct.DiagnosisSaved => "Diagnosis saved",
        AuditAct.RecordSigned => "Record signed",
        AuditAct.AddendumAdded => "Addendum added",
        AuditAct.RecordMarkedInError => "Record marked as entered in error",
        AuditAct.DocumentsListed => "Documents listed",
        AuditAct.DocumentAdded => "Document added",
        AuditAct.DocumentRefused => "File not taken",
        AuditAct.DocumentRead => "Document opened",
        AuditAct.DocumentPreviewed => "Small picture of a document seen",
        AuditAct.DocumentAttached => "Documents put under a record",
        AuditAct.DocumentDiscarded => "Document taken back before it was sent",
        AuditAct.DocumentScanned => "Document looked through for viruses",
        AuditAct.DocumentMarkedInError => "Document marked as entered in error",
        AuditAct.DraftKept => "Draft begun or read",
        AuditAct.DraftEnded => "Draft sent or thrown away",
        AuditAct.OutdatedRemoved => "Outdated rows taken away",
        AuditAct.PageOpened => "Page opened",
        AuditAct.DenialsCounted => "Further refusals, counted",
        AuditAct.AttackInputSeen => "Input like an attack",
        AuditAct.AccessHistoryRead => "Access history read",
        AuditAct.LookReported => "Look not recognised by the patient",
        AuditAct.LookReportsListed => "Looks not recognised listed",
        AuditAct.LookReportAnswered => "Look not recognised answered",
        AuditAct.AlertRaised => "Alert raised",
        AuditAct.AlertsListed => "Alerts listed",
        AuditAct.AlertsExported => "Alerts exported",
        AuditAct.AlertAcknowledged => "Alert acknowledged",
        AuditAct.AuditRead => "Audit read",
        AuditAct.AuditExported => "Audit exported",
        AuditAct.AuditVerifyBegun => "Verification of the audit begun",
        AuditAct.AuditVerifyStopped => "Verification of the audit stopped",
        AuditAct.AuditVerified => "Audit verified",
        AuditAct.AuditArchived => "Old entries archived",
        AuditAct.AuditReviewRead => "Monthly reviews read",
        AuditAct.AuditReviewSigned => "Month signed off",
        AuditAct.AnchorsCompared => "Audit compared with its anchors",
        AuditAct.AnchorsBegun => "Anchors of the audit begun",
        AuditAct.KeyCreated => "Data keys made",
        AuditAct.ValuesResealed => "Sealed values sealed anew",
        AuditAct.KeyRetired => "Old data keys retired",
        AuditAct.SealBroken => "Sealed value does not open",
        AuditAct.DemoDataSeeded => "Demo data put in",
    };

    private static string Words(AuditDetail detail) => detail switch
    {
        AuditDetail.DoctorGiven => "Doctor given",
        AuditDetail.NurseGiven => "Nurse given",
        AuditDetail.ReceptionGiven => "Reception given",
        AuditDetail.AdministratorGiven => "Administrator given",
        AuditDetail.DoctorTaken => "Doctor taken",
        AuditDetail.NurseTaken => "Nurse taken",
        AuditDetail.ReceptionTaken => "Reception taken",
        AuditDetail.AdministratorTaken => "Administrator taken",
        AuditDetail.DisplayName => "name of the account",
        AuditDetail.GivenName => "given names",
        AuditDetail.FamilyName => "family name",
        AuditDetail.BirthDate => "date of birth",
        AuditDetail.Sex => "sex",
        AuditDetail.Phone => "phone",
        AuditDetail.Email => "e-mail",
        AuditDetail.Address => "postal address",
        AuditDetail.Ssn => "SSN",
        AuditDetail.Tin => "TIN",
    };

    private static string Words(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => "Done",
        AuditOutcome.Denied => "Denied",
        AuditOutcome.Failed => "Failed",
    };

    private static string Words(AuditLevel level) => level switch
    {
        AuditLevel.Information => "Information",
        AuditLevel.Warning => "Warning",
        AuditLevel.Error => "Error",
    };
}
