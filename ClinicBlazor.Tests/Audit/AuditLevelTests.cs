using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The severity of each act with each outcome.</summary>
[Trait("Requirement", "S1-05")]
public sealed class AuditLevelTests
{
    private static readonly AuditAct[] ErrorsAlways = [AuditAct.SessionClientChanged, AuditAct.SealBroken];

    private static readonly AuditAct[] ErrorsWhenFailed =
    [
        AuditAct.SignIn, AuditAct.SecondFactor, AuditAct.RecoveryCodeUsed, AuditAct.IdentityProved, AuditAct.PasskeyUsed,
        AuditAct.ValuesResealed, AuditAct.AnchorsCompared, AuditAct.AuditVerified, AuditAct.AuditArchived, AuditAct.DocumentScanned,
    ];

    private static readonly AuditAct[] ErrorsWhenDenied = [AuditAct.AttackInputSeen];

    private static readonly AuditAct[] WarningsAlways =
    [
        AuditAct.AttackInputSeen, AuditAct.AnchorsBegun, AuditAct.PatientMadeInactive, AuditAct.AccountLocked, AuditAct.BrowserLocked,
        AuditAct.SessionsEndedForSafety, AuditAct.AccountDeactivated, AuditAct.RolesChanged, AuditAct.RolesGiven, AuditAct.RolesConfirmed,
        AuditAct.RolesCameDue, AuditAct.LookReported, AuditAct.AlertRaised, AuditAct.SecondFactorReset,
        AuditAct.SecondFactorDisabled, AuditAct.RecoveryCodeUsed, AuditAct.RecordMarkedInError, AuditAct.DocumentMarkedInError,
        AuditAct.DocumentRefused,
    ];

    public static TheoryData<AuditAct> Acts => [.. Enum.GetValues<AuditAct>()];

    [Theory]
    [MemberData(nameof(Acts))]
    public void Of_AnActWithEachOutcome_IsAsLoudAsWasDecided(AuditAct act)
    {
        var done = ErrorsAlways.Contains(act) ? AuditLevel.Error
            : WarningsAlways.Contains(act) ? AuditLevel.Warning : AuditLevel.Information;

        Assert.Equal(done, AuditLevels.Of(act, AuditOutcome.Done));
        Assert.Equal(ErrorsWhenDenied.Contains(act) || done == AuditLevel.Error ? AuditLevel.Error : AuditLevel.Warning,
            AuditLevels.Of(act, AuditOutcome.Denied));
        Assert.Equal(ErrorsWhenFailed.Contains(act) ? AuditLevel.Error : act == AuditAct.PatientSearchedBySsn ? AuditLevel.Warning : done,
            AuditLevels.Of(act, AuditOutcome.Failed));
    }
}
