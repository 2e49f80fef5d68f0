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

    /// <summary>How loud an entry is.</summary>
    public static string Of(AuditLevel level) => Enum.IsDefined(level) ? Words(level) : Unreadable;

    /// <summary>What is wrong with an entry, after "Entry 48,204".</summary>
    public static string Of(AuditBreakKind kind) => kind switch
    {
        AuditBreakKind.EntryChanged => "was changed after it was written",
        AuditBreakKind.EntryRemoved => "was removed; its place in the chain is empty",
        AuditBreakKind.EntryInserted => "was put in beside the chain",
        AuditBreakKind.SealRemoved => "has lost its place in the chain",
        AuditBreakKind.ChainBroken => "does not follow from the one before: moved or replaced",
    };

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
        AuditAct.SessionsListed => "Own sessions listed",
        AuditAct.PasskeyAdded => "Passkey added",
        AuditAct.PasskeyRenamed => "Passkey renamed",
        AuditAct.PasskeyRemoved => "Passkey removed",
        AuditAct.PasskeyUsed => "Passkey used",
        AuditAct.AccountsListed => "Accounts listed",
        AuditAct.AccountInvited => "Account invited",
        AuditAct.RolesChanged => "Roles changed",
        AuditAct.AccountUnlocked => "Account unlocked",
        AuditAct.AccountDeactivated => "Account deactivated",
        AuditAct.AccountReactivated => "Account reactivated",
        AuditAct.SecondFactorReset => "Second factor reset",
        AuditAct.AccountLinked => "Account linked to a patient",
        AuditAct.PatientsListed => "Patients listed",
        AuditAct.PatientSearchedBySsn => "Patient searched by SSN",
        AuditAct.PatientRead => "Patient read",
        AuditAct.PatientCreated => "Patient registered",
        AuditAct.PatientMadeInactive => "Patient made inactive",
        AuditAct.PatientMadeActive => "Patient made active again",
        AuditAct.IdentifierShown => "SSN or TIN shown",
        AuditAct.CareTeamJoined => "Care team joined",
        AuditAct.CareTeamLeft => "Care team left",
        AuditAct.VisitStarted => "Visit begun",
        AuditAct.VisitJoined => "Visit joined",
        AuditAct.VisitFinished => "Visit finished",
        AuditAct.RecordsListed => "Records listed",
        AuditAct.RecordRead => "Record read",
        AuditAct.RecordCreated => "Record written",
        AuditAct.DiagnosisSaved => "Diagnosis saved",
        AuditAct.RecordSigned => "Record signed",
        AuditAct.RecordMarkedInError => "Record marked as entered in error",
        AuditAct.DraftKept => "Draft kept",
        AuditAct.PageOpened => "Page opened",
        AuditAct.AttackInputSeen => "Input like an attack",
        AuditAct.AccessHistoryRead => "Access history read",
        AuditAct.AuditRead => "Audit read",
        AuditAct.AuditVerified => "Audit verified",
        AuditAct.KeyCreated => "Data keys made",
        AuditAct.DemoDataSeeded => "Demo data put in",
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
