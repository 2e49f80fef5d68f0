using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>
/// Which act tells the owner of an account by mail (requirement B-13): each one that changes how the account is opened.
/// An act without a decision here does not compile.
/// </summary>
internal static class MailRules
{
    /// <summary>The mail to the owner of the account that the act was done to; null for none.</summary>
    /// <param name="act">What was done.</param>
    /// <param name="byOwner">True when the owner did it.</param>
    public static AccountMailKind? Of(AuditAct act, bool byOwner) => act switch
    {
        AuditAct.AccountInvited => AccountMailKind.Invitation,
        AuditAct.PasswordChanged => AccountMailKind.PasswordChanged,
        AuditAct.SecondFactorEnrolled => AccountMailKind.SecondFactorEnrolled,
        AuditAct.SecondFactorDisabled => AccountMailKind.SecondFactorDisabled,
        AuditAct.SecondFactorReset => AccountMailKind.SecondFactorReset,
        AuditAct.RecoveryCodesRenewed => AccountMailKind.RecoveryCodesRenewed,
        AuditAct.PasskeyAdded => AccountMailKind.PasskeyAdded,
        AuditAct.PasskeyRemoved => AccountMailKind.PasskeyRemoved,
        AuditAct.RolesChanged => AccountMailKind.RolesChanged,
        AuditAct.AccountDeactivated => AccountMailKind.AccountDeactivated,
        AuditAct.AccountReactivated => AccountMailKind.AccountReactivated,
        AuditAct.SessionClientChanged => AccountMailKind.SessionMoved,
        AuditAct.SessionsEndedForSafety => AccountMailKind.SessionsEnded,

        // Who ends sessions at "Where you are signed in" knows of it.
        AuditAct.SessionEnded => byOwner ? null : AccountMailKind.SessionsEnded,

        // The service writes these itself: the address may belong to nobody, which must not show.
        AuditAct.AccountRegistered or AuditAct.PasswordResetRequested => null,

        // What waits opens nothing yet; who can object is told by the act itself, and the owner once it holds.
        AuditAct.RolesGiven or AuditAct.RolesConfirmed or AuditAct.RolesWithdrawn or AuditAct.RolesCameDue
            or AuditAct.AccountLinkRequested or AuditAct.AccountLinkCameDue or AuditAct.AccountUnlinked or AuditAct.VisitLeft => null,

        // Strangers cause these at will, and would fill the owner's mailbox; they change nothing for good.
        AuditAct.SignIn or AuditAct.SecondFactor or AuditAct.RecoveryCodeUsed or AuditAct.PasskeyUsed
            or AuditAct.AccountLocked or AuditAct.BrowserLocked or AuditAct.AttackInputSeen => null,

        // They open the account no further than before, or no differently.
        AuditAct.IdentityProved or AuditAct.SignOut or AuditAct.SessionTimedOut or AuditAct.SessionsListed or AuditAct.AccountConfirmed
            or AuditAct.AccountUnlocked or AuditAct.AccountLinked or AuditAct.OwnAccountRead or AuditAct.SecondFactorEnrolmentBegun
            or AuditAct.PasskeyRenamed => null,

        // They are about something else than an account.
        AuditAct.AccountsListed or AuditAct.PatientsListed or AuditAct.PatientSearchedBySsn or AuditAct.DuplicateOverridden
            or AuditAct.PatientRead
            or AuditAct.PatientCreated or AuditAct.PatientMadeInactive or AuditAct.PatientMadeActive or AuditAct.IdentifierShown
            or AuditAct.CareTeamJoined or AuditAct.CareTeamLeft or AuditAct.VisitStarted or AuditAct.VisitJoined
            or AuditAct.VisitFinished or AuditAct.NextRecordFound or AuditAct.RecordsListed or AuditAct.RecordRead or AuditAct.RecordCreated
            or AuditAct.DiagnosisSaved or AuditAct.RecordSigned or AuditAct.AddendumAdded or AuditAct.RecordMarkedInError
                or AuditAct.DraftKept or AuditAct.DraftEnded or AuditAct.OutdatedRemoved
            or AuditAct.PageOpened or AuditAct.AccessHistoryRead or AuditAct.AuditRead or AuditAct.AuditVerified or AuditAct.AnchorsCompared
                or AuditAct.AnchorsBegun
            or AuditAct.KeyCreated or AuditAct.ValuesResealed or AuditAct.KeyRetired or AuditAct.SealBroken
            or AuditAct.LookReported or AuditAct.LookReportsListed or AuditAct.LookReportAnswered
            or AuditAct.AlertRaised or AuditAct.AlertsListed or AuditAct.AlertsExported or AuditAct.AlertAcknowledged
            or AuditAct.RecordPrinted or AuditAct.ChartPrinted
            or AuditAct.DocumentsListed or AuditAct.DocumentAdded or AuditAct.DocumentRefused or AuditAct.DocumentRead
            or AuditAct.DocumentPreviewed or AuditAct.DocumentAttached or AuditAct.DocumentDiscarded or AuditAct.DocumentScanned
            or AuditAct.DocumentMarkedInError
            or AuditAct.QueueRead or AuditAct.VisitsListed or AuditAct.VisitRead or AuditAct.VisitPlanned or AuditAct.VisitGiven
            or AuditAct.VisitTriageStarted or AuditAct.VisitCalledIn or AuditAct.VisitCancelled or AuditAct.VisitNotAttended
            or AuditAct.VisitMarkedInError or AuditAct.VisitUndone or AuditAct.AuditExported
            or AuditAct.BillRead or AuditAct.BalancesListed or AuditAct.ReceiptPrinted or AuditAct.ChargeAdded or AuditAct.ChargeReversed
            or AuditAct.PaymentTaken or AuditAct.PaymentRefunded or AuditAct.FeeWaived or AuditAct.ApprovalRecorded
            or AuditAct.ClearanceWithdrawn or AuditAct.PaymentDeferred or AuditAct.PaymentPlanned or AuditAct.EmergencyMarked
            or AuditAct.WaiverEnded or AuditAct.EmergencyWithdrawn
            or AuditAct.PaymentGuardOverridden or AuditAct.PricesListed or AuditAct.PriceSet or AuditAct.PriceRetired
            or AuditAct.DenialsCounted
                or AuditAct.DemoDataSeeded => null,
    };
}
