namespace ClinicBlazor.Domain.Audit;

/// <summary>What was done or tried.</summary>
public enum AuditAct
{
    /// <summary>Password given.</summary>
    SignIn,

    /// <summary>Second factor given.</summary>
    SecondFactor,

    /// <summary>A recovery code was given in place of the second factor.</summary>
    RecoveryCodeUsed,

    /// <summary>The password or a code was given again before a sensitive act.</summary>
    IdentityProved,

    /// <summary>Signed out.</summary>
    SignOut,

    /// <summary>Too many failures locked an account.</summary>
    AccountLocked,

    /// <summary>Too many failures on a browser that the account knows locked that browser for it.</summary>
    BrowserLocked,

    /// <summary>Somebody asked for an account of their own.</summary>
    AccountRegistered,

    /// <summary>An address was confirmed.</summary>
    AccountConfirmed,

    /// <summary>A new password was asked for.</summary>
    PasswordResetRequested,

    /// <summary>A password was set or changed.</summary>
    PasswordChanged,

    /// <summary>Enrolment of a second factor began.</summary>
    SecondFactorEnrolmentBegun,

    /// <summary>A second factor was enrolled.</summary>
    SecondFactorEnrolled,

    /// <summary>A second factor was switched off by its owner.</summary>
    SecondFactorDisabled,

    /// <summary>New recovery codes were made.</summary>
    RecoveryCodesRenewed,

    /// <summary>One's own account was looked at.</summary>
    OwnAccountRead,

    /// <summary>A session was ended by its owner or by an administrator.</summary>
    SessionEnded,

    /// <summary>A session ended because nobody did anything for too long, or because its life was over.</summary>
    SessionTimedOut,

    /// <summary>A session's cookie came from another network address or another browser; the session was ended.</summary>
    SessionClientChanged,

    /// <summary>All sessions of an account ended, because somebody in one of them could not prove to be its owner.</summary>
    SessionsEndedForSafety,

    /// <summary>Somebody read where they are signed in.</summary>
    SessionsListed,

    /// <summary>A passkey was registered.</summary>
    PasskeyAdded,

    /// <summary>A passkey got another name.</summary>
    PasskeyRenamed,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,

    /// <summary>A passkey was used to sign in.</summary>
    PasskeyUsed,

    /// <summary>The list of accounts was read.</summary>
    AccountsListed,

    /// <summary>Somebody was invited.</summary>
    AccountInvited,

    /// <summary>Roles were changed.</summary>
    RolesChanged,

    /// <summary>Roles were given that wait for a second person.</summary>
    RolesGiven,

    /// <summary>A second person confirmed roles that another one had given.</summary>
    RolesConfirmed,

    /// <summary>Roles that waited were taken back.</summary>
    RolesWithdrawn,

    /// <summary>Roles took effect that nobody could confirm, a day after everybody was told.</summary>
    RolesCameDue,

    /// <summary>A locked account was opened.</summary>
    AccountUnlocked,

    /// <summary>An account was switched off.</summary>
    AccountDeactivated,

    /// <summary>An account was switched on again.</summary>
    AccountReactivated,

    /// <summary>A second factor was taken away by an administrator.</summary>
    SecondFactorReset,

    /// <summary>Somebody asked that an account be linked to a patient, whose identity document they had seen.</summary>
    AccountLinkRequested,

    /// <summary>A second person confirmed that an account is a patient's; it is linked.</summary>
    AccountLinked,

    /// <summary>An account was linked to a patient because nobody had objected for a day.</summary>
    AccountLinkCameDue,

    /// <summary>The link of an account to a patient was undone, or taken back before it was in force.</summary>
    AccountUnlinked,

    /// <summary>The list of patients was read.</summary>
    PatientsListed,

    /// <summary>Patients were looked for by an SSN.</summary>
    PatientSearchedBySsn,

    /// <summary>Somebody was registered although somebody much alike was known, with a reason.</summary>
    DuplicateOverridden,

    /// <summary>A patient's page was read.</summary>
    PatientRead,

    /// <summary>A patient was registered.</summary>
    PatientCreated,

    /// <summary>A patient was made inactive.</summary>
    PatientMadeInactive,

    /// <summary>A patient was made active again.</summary>
    PatientMadeActive,

    /// <summary>An SSN or TIN was shown in full.</summary>
    IdentifierShown,

    /// <summary>Somebody joined a care team.</summary>
    CareTeamJoined,

    /// <summary>Somebody left a care team.</summary>
    CareTeamLeft,

    /// <summary>The queue was read: who is in the clinic, and who is expected.</summary>
    QueueRead,

    /// <summary>A patient's visits were listed.</summary>
    VisitsListed,

    /// <summary>A visit and its history were read.</summary>
    VisitRead,

    /// <summary>A visit was agreed upon.</summary>
    VisitPlanned,

    /// <summary>A patient was checked in.</summary>
    VisitStarted,

    /// <summary>A visit was given to a doctor, or to any who is on duty; the subject is the doctor.</summary>
    VisitGiven,

    /// <summary>A patient's triage was started; whoever does that takes part in the visit.</summary>
    VisitTriageStarted,

    /// <summary>A patient was called in; the doctor takes part in the visit.</summary>
    VisitCalledIn,

    /// <summary>Somebody was added to a visit.</summary>
    VisitJoined,

    /// <summary>Somebody's part in a visit was ended.</summary>
    VisitLeft,

    /// <summary>A visit was closed.</summary>
    VisitFinished,

    /// <summary>A visit was cancelled, with a reason.</summary>
    VisitCancelled,

    /// <summary>A patient did not come.</summary>
    VisitNotAttended,

    /// <summary>A visit was marked as entered in error, with a reason.</summary>
    VisitMarkedInError,

    /// <summary>The last act on a visit was taken back at once.</summary>
    VisitUndone,

    /// <summary>What a visit costs was read.</summary>
    BillRead,

    /// <summary>Visits that are not settled were listed.</summary>
    BalancesListed,

    /// <summary>A receipt was printed.</summary>
    ReceiptPrinted,

    /// <summary>Something was charged.</summary>
    ChargeAdded,

    /// <summary>A charge was taken back, with a reason.</summary>
    ChargeReversed,

    /// <summary>Money was taken.</summary>
    PaymentTaken,

    /// <summary>Money was given back, with a reason.</summary>
    PaymentRefunded,

    /// <summary>What was open was waived, with a reason.</summary>
    FeeWaived,

    /// <summary>A waiver was taken back.</summary>
    WaiverEnded,

    /// <summary>An insurer's approval was written down.</summary>
    ApprovalRecorded,

    /// <summary>An insurer's approval, a deferral or a plan was taken back, with a reason.</summary>
    ClearanceWithdrawn,

    /// <summary>Payment was put off.</summary>
    PaymentDeferred,

    /// <summary>Payment in parts was agreed upon.</summary>
    PaymentPlanned,

    /// <summary>A visit was said to be an emergency, which waits for no payment.</summary>
    EmergencyMarked,

    /// <summary>That a visit is an emergency was taken back, with a reason.</summary>
    EmergencyWithdrawn,

    /// <summary>A doctor went on in spite of what was open, with a reason.</summary>
    PaymentGuardOverridden,

    /// <summary>The price list was read.</summary>
    PricesListed,

    /// <summary>A price was set.</summary>
    PriceSet,

    /// <summary>A price was taken out of use.</summary>
    PriceRetired,

    /// <summary>A list of records was read.</summary>
    RecordsListed,

    /// <summary>Which record waits longest was asked, and nothing of it read.</summary>
    NextRecordFound,

    /// <summary>A record was read.</summary>
    RecordRead,

    /// <summary>A record was printed.</summary>
    RecordPrinted,

    /// <summary>A page of a patient's chart was printed.</summary>
    ChartPrinted,

    /// <summary>A record was written.</summary>
    RecordCreated,

    /// <summary>A diagnosis was saved.</summary>
    DiagnosisSaved,

    /// <summary>A record was signed.</summary>
    RecordSigned,

    /// <summary>Something was added to a signed record.</summary>
    AddendumAdded,

    /// <summary>A record was marked as entered in error.</summary>
    RecordMarkedInError,

    /// <summary>Documents of a record, a visit or a whole chart were listed.</summary>
    DocumentsListed,

    /// <summary>A document was added.</summary>
    DocumentAdded,

    /// <summary>A file was sent that is not taken: of a kind that is not allowed, too large, too many, or no room for it.</summary>
    DocumentRefused,

    /// <summary>A document was opened.</summary>
    DocumentRead,

    /// <summary>The small picture of a document was seen.</summary>
    DocumentPreviewed,

    /// <summary>Documents that a patient had added while describing became those of the record.</summary>
    DocumentAttached,

    /// <summary>A patient took a document back before it was sent.</summary>
    DocumentDiscarded,

    /// <summary>A document was looked through for viruses; failed for one that holds some.</summary>
    DocumentScanned,

    /// <summary>A document was marked as entered in error.</summary>
    DocumentMarkedInError,

    /// <summary>A draft was begun, or read again; saving it further is no act of its own.</summary>
    DraftKept,

    /// <summary>A draft went: sent, or thrown away.</summary>
    DraftEnded,

    /// <summary>The program took away rows whose time was over; the entry says how many of each kind.</summary>
    OutdatedRemoved,

    /// <summary>A page was asked for by its address.</summary>
    PageOpened,

    /// <summary>Somebody was refused more often within a minute than there are entries; the entry says how many more.</summary>
    DenialsCounted,

    /// <summary>Somebody typed or sent what looks like an attack.</summary>
    AttackInputSeen,

    /// <summary>A patient read who had looked at the record.</summary>
    AccessHistoryRead,

    /// <summary>A patient said of a look that they do not recognise it; the subject is who looked.</summary>
    LookReported,

    /// <summary>Looks that patients did not recognise were listed.</summary>
    LookReportsListed,

    /// <summary>A look that a patient did not recognise was answered.</summary>
    LookReportAnswered,

    /// <summary>The program raised an alert; the entry says how many of each kind.</summary>
    AlertRaised,

    /// <summary>Alerts were listed.</summary>
    AlertsListed,

    /// <summary>Alerts were handed out as a file.</summary>
    AlertsExported,

    /// <summary>Somebody said what became of an alert; the subject is whom it names.</summary>
    AlertAcknowledged,

    /// <summary>The audit trail was read.</summary>
    AuditRead,

    /// <summary>Entries of the audit trail were handed out as a file.</summary>
    AuditExported,

    /// <summary>The audit trail was verified.</summary>
    AuditVerified,

    /// <summary>The trail was compared with its anchors.</summary>
    AnchorsCompared,

    /// <summary>The anchors of the trail were begun: for the first time, or anew on purpose.</summary>
    AnchorsBegun,

    /// <summary>A data key was made.</summary>
    KeyCreated,

    /// <summary>Sealed values were sealed anew, under new keys or with their owners.</summary>
    ValuesResealed,

    /// <summary>Data keys that nothing uses any more are gone.</summary>
    KeyRetired,

    /// <summary>A sealed value did not open: it was changed or moved, or its row was given to another owner.</summary>
    SealBroken,

    /// <summary>Demonstration data was put in.</summary>
    DemoDataSeeded,
}
