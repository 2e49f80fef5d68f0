using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Tests.Accounts.Mail;

/// <summary>Which act tells the owner of an account, in one table that names every act.</summary>
[Trait("Requirement", "B-13")]
public sealed class MailRulesTests
{
    /// <summary>Acts that tell the owner, with the mail.</summary>
    internal static readonly Dictionary<AuditAct, AccountMailKind> Told = new()
    {
        [AuditAct.AccountInvited] = AccountMailKind.Invitation,
        [AuditAct.PasswordChanged] = AccountMailKind.PasswordChanged,
        [AuditAct.SecondFactorEnrolled] = AccountMailKind.SecondFactorEnrolled,
        [AuditAct.SecondFactorDisabled] = AccountMailKind.SecondFactorDisabled,
        [AuditAct.SecondFactorReset] = AccountMailKind.SecondFactorReset,
        [AuditAct.RecoveryCodesRenewed] = AccountMailKind.RecoveryCodesRenewed,
        [AuditAct.PasskeyAdded] = AccountMailKind.PasskeyAdded,
        [AuditAct.PasskeyRemoved] = AccountMailKind.PasskeyRemoved,
        [AuditAct.RolesChanged] = AccountMailKind.RolesChanged,
        [AuditAct.AccountDeactivated] = AccountMailKind.AccountDeactivated,
        [AuditAct.AccountReactivated] = AccountMailKind.AccountReactivated,
        [AuditAct.SessionClientChanged] = AccountMailKind.SessionMoved,
        [AuditAct.SessionsEndedForSafety] = AccountMailKind.SessionsEnded,
        [AuditAct.SessionEnded] = AccountMailKind.SessionsEnded,
    };

    private static readonly AuditAct[] NotTold =
    [
        AuditAct.AccountRegistered, AuditAct.PasswordResetRequested,
        AuditAct.RolesGiven, AuditAct.RolesConfirmed, AuditAct.RolesWithdrawn, AuditAct.RolesCameDue,
        AuditAct.AccountLinkRequested, AuditAct.AccountLinkCameDue, AuditAct.AccountUnlinked, AuditAct.VisitLeft,
            AuditAct.DuplicateOverridden, AuditAct.AddendumAdded,
        AuditAct.SignIn, AuditAct.SecondFactor, AuditAct.RecoveryCodeUsed, AuditAct.PasskeyUsed, AuditAct.AccountLocked,
            AuditAct.BrowserLocked, AuditAct.AttackInputSeen,
        AuditAct.IdentityProved, AuditAct.SignOut, AuditAct.SessionTimedOut, AuditAct.SessionsListed, AuditAct.AccountConfirmed,
            AuditAct.AccountUnlocked,
        AuditAct.AccountLinked, AuditAct.OwnAccountRead, AuditAct.SecondFactorEnrolmentBegun, AuditAct.PasskeyRenamed,
            AuditAct.AccountsListed,
        AuditAct.PatientsListed, AuditAct.PatientSearchedBySsn, AuditAct.PatientRead, AuditAct.PatientCreated, AuditAct.PatientMadeInactive,
        AuditAct.PatientMadeActive, AuditAct.IdentifierShown, AuditAct.CareTeamJoined, AuditAct.CareTeamLeft, AuditAct.VisitStarted,
        AuditAct.VisitJoined, AuditAct.VisitFinished, AuditAct.NextRecordFound, AuditAct.RecordsListed, AuditAct.RecordRead,
            AuditAct.RecordCreated, AuditAct.DiagnosisSaved,
        AuditAct.RecordSigned, AuditAct.RecordMarkedInError, AuditAct.DraftKept, AuditAct.DraftEnded, AuditAct.OutdatedRemoved,
            AuditAct.PageOpened, AuditAct.AccessHistoryRead,
        AuditAct.AuditRead, AuditAct.AuditVerified, AuditAct.AnchorsCompared, AuditAct.AnchorsBegun, AuditAct.KeyCreated,
            AuditAct.KeyRetired, AuditAct.ValuesResealed, AuditAct.SealBroken, AuditAct.DemoDataSeeded,
        AuditAct.DenialsCounted,
        AuditAct.RecordPrinted, AuditAct.ChartPrinted,
        AuditAct.DocumentsListed, AuditAct.DocumentAdded, AuditAct.DocumentRefused, AuditAct.DocumentRead, AuditAct.DocumentPreviewed,
        AuditAct.DocumentAttached, AuditAct.DocumentDiscarded, AuditAct.DocumentScanned, AuditAct.DocumentMarkedInError,
        AuditAct.QueueRead, AuditAct.VisitsListed, AuditAct.VisitRead, AuditAct.VisitPlanned, AuditAct.VisitGiven,
        AuditAct.VisitTriageStarted, AuditAct.VisitCalledIn, AuditAct.VisitCancelled, AuditAct.VisitNotAttended,
        AuditAct.VisitMarkedInError, AuditAct.VisitUndone, AuditAct.AuditExported,
        AuditAct.BillRead, AuditAct.BalancesListed, AuditAct.ReceiptPrinted, AuditAct.ChargeAdded, AuditAct.ChargeReversed,
        AuditAct.PaymentTaken, AuditAct.PaymentRefunded, AuditAct.FeeWaived, AuditAct.WaiverEnded, AuditAct.ApprovalRecorded,
        AuditAct.ClearanceWithdrawn, AuditAct.PaymentDeferred, AuditAct.PaymentPlanned, AuditAct.EmergencyMarked,
        AuditAct.EmergencyWithdrawn, AuditAct.PaymentGuardOverridden,
        AuditAct.PricesListed, AuditAct.PriceSet, AuditAct.PriceRetired,
        AuditAct.LookReported, AuditAct.LookReportsListed, AuditAct.LookReportAnswered,
        AuditAct.AlertRaised, AuditAct.AlertsListed, AuditAct.AlertsExported, AuditAct.AlertAcknowledged,
    ];

    [Fact]
    public void Table_NamesEveryActOnce() =>
        Assert.Equal(Enum.GetValues<AuditAct>().Order(), Told.Keys.Concat(NotTold).Order());

    [Fact]
    public void Of_EveryAct_IsWhatTheTableSays()
    {
        Assert.All(Told, row => Assert.Equal(row.Value, MailRules.Of(row.Key, byOwner: false)));
        Assert.All(Told.Where(row => row.Key != AuditAct.SessionEnded),
            row => Assert.Equal(row.Value, MailRules.Of(row.Key, byOwner: true)));
        Assert.All(NotTold, act => Assert.Null(MailRules.Of(act, byOwner: false)));
    }

    [Fact]
    public void Of_SessionsThatTheOwnerEnds_TellsNobody() => Assert.Null(MailRules.Of(AuditAct.SessionEnded, byOwner: true));
}
