namespace ClinicBlazor.Domain.Audit;

/// <summary>Kinds of entries, each of which is kept for its own number of years.</summary>
public enum AuditKind
{
    /// <summary>What was done with patients' data.</summary>
    Patients,

    /// <summary>Sign-ins, accounts and what they may do.</summary>
    Accounts,

    /// <summary>The program itself, its keys, prices, the trail and the alerts over it.</summary>
    System,
}

/// <summary>Which kind each act is of, and what never goes. An act without a decision here does not compile.</summary>
internal static class AuditKinds
{
    /// <summary>The kind of an act.</summary>
    public static AuditKind Of(AuditAct act) => act switch
    {
        AuditAct.PatientsListed or AuditAct.PatientSearchedBySsn or AuditAct.DuplicateOverridden or AuditAct.PatientRead
            or AuditAct.PatientCreated or AuditAct.PatientMadeInactive or AuditAct.PatientMadeActive or AuditAct.IdentifierShown
            or AuditAct.CareTeamJoined or AuditAct.CareTeamLeft or AuditAct.AccountLinkRequested or AuditAct.AccountLinked
            or AuditAct.AccountLinkCameDue or AuditAct.AccountUnlinked => AuditKind.Patients,
        AuditAct.QueueRead or AuditAct.VisitsListed or AuditAct.VisitRead or AuditAct.VisitPlanned or AuditAct.VisitStarted
            or AuditAct.VisitGiven or AuditAct.VisitTriageStarted or AuditAct.VisitCalledIn or AuditAct.VisitJoined or AuditAct.VisitLeft
            or AuditAct.VisitFinished or AuditAct.VisitCancelled or AuditAct.VisitNotAttended or AuditAct.VisitMarkedInError
            or AuditAct.VisitUndone => AuditKind.Patients,
        AuditAct.BillRead or AuditAct.BalancesListed or AuditAct.ReceiptPrinted or AuditAct.ChargeAdded or AuditAct.ChargeReversed
            or AuditAct.PaymentTaken or AuditAct.PaymentRefunded or AuditAct.FeeWaived or AuditAct.WaiverEnded
            or AuditAct.ApprovalRecorded or AuditAct.ClearanceWithdrawn or AuditAct.PaymentDeferred or AuditAct.PaymentPlanned
            or AuditAct.EmergencyMarked or AuditAct.EmergencyWithdrawn or AuditAct.PaymentGuardOverridden => AuditKind.Patients,
        AuditAct.RecordsListed or AuditAct.NextRecordFound or AuditAct.RecordRead or AuditAct.RecordPrinted or AuditAct.ChartPrinted
            or AuditAct.RecordCreated or AuditAct.DiagnosisSaved or AuditAct.RecordSigned or AuditAct.AddendumAdded
            or AuditAct.RecordMarkedInError or AuditAct.DraftKept or AuditAct.DraftEnded => AuditKind.Patients,
        AuditAct.DocumentsListed or AuditAct.DocumentAdded or AuditAct.DocumentRefused or AuditAct.DocumentRead
            or AuditAct.DocumentPreviewed or AuditAct.DocumentAttached or AuditAct.DocumentDiscarded or AuditAct.DocumentScanned
            or AuditAct.DocumentMarkedInError => AuditKind.Patients,

        // A page and a value that does not open may be a patient's.
        AuditAct.PageOpened or AuditAct.SealBroken or AuditAct.AccessHistoryRead or AuditAct.LookReported or AuditAct.LookReportsListed
            or AuditAct.LookReportAnswered => AuditKind.Patients,

        AuditAct.SignIn or AuditAct.SecondFactor or AuditAct.RecoveryCodeUsed or AuditAct.IdentityProved or AuditAct.SignOut
            or AuditAct.AccountLocked or AuditAct.BrowserLocked or AuditAct.AccountRegistered or AuditAct.AccountConfirmed
            or AuditAct.PasswordResetRequested or AuditAct.PasswordChanged or AuditAct.SecondFactorEnrolmentBegun
            or AuditAct.SecondFactorEnrolled or AuditAct.SecondFactorDisabled or AuditAct.RecoveryCodesRenewed or AuditAct.OwnAccountRead
            or AuditAct.SessionEnded or AuditAct.SessionTimedOut or AuditAct.SessionClientChanged or AuditAct.SessionsEndedForSafety
            or AuditAct.SessionsListed or AuditAct.PasskeyAdded or AuditAct.PasskeyRenamed or AuditAct.PasskeyRemoved
            or AuditAct.PasskeyUsed => AuditKind.Accounts,
        AuditAct.AccountsListed or AuditAct.AccountInvited or AuditAct.RolesChanged or AuditAct.RolesGiven or AuditAct.RolesConfirmed
            or AuditAct.RolesWithdrawn or AuditAct.RolesCameDue or AuditAct.AccountUnlocked or AuditAct.AccountDeactivated
            or AuditAct.AccountReactivated or AuditAct.SecondFactorReset or AuditAct.DenialsCounted
            or AuditAct.AttackInputSeen => AuditKind.Accounts,

        AuditAct.PricesListed or AuditAct.PriceSet or AuditAct.PriceRetired or AuditAct.OutdatedRemoved or AuditAct.AuditRead
            or AuditAct.AuditExported or AuditAct.AuditVerifyBegun or AuditAct.AuditVerifyStopped or AuditAct.AuditVerified
            or AuditAct.AuditArchived or AuditAct.AuditReviewRead or AuditAct.AuditReviewSigned or AuditAct.AnchorsCompared
            or AuditAct.AlertRaised or AuditAct.AlertsListed or AuditAct.AlertsExported or AuditAct.AlertAcknowledged
            or AuditAct.AnchorsBegun or AuditAct.KeyCreated or AuditAct.ValuesResealed or AuditAct.KeyRetired
            or AuditAct.DemoDataSeeded => AuditKind.System,
    };

    /// <summary>
    /// True for what never goes, however old it is. Records are kept for good, and that one was signed or added to is known by
    /// the trail when their own rows are gone; that anchors were begun is how a missing file of them is noticed.
    /// </summary>
    public static bool Stays(AuditAct act) => act is AuditAct.RecordSigned or AuditAct.AddendumAdded or AuditAct.AnchorsBegun;
}
