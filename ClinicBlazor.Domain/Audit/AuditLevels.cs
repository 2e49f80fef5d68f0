namespace ClinicBlazor.Domain.Audit;

/// <summary>How loud each act is (requirement S1-05).</summary>
internal static class AuditLevels
{
    /// <summary>The level of an act with its outcome.</summary>
    public static AuditLevel Of(AuditAct act, AuditOutcome outcome) => (act, outcome) switch
    {
        (AuditAct.SignIn or AuditAct.SecondFactor or AuditAct.RecoveryCodeUsed or AuditAct.IdentityProved or AuditAct.PasskeyUsed, AuditOutcome.Failed) => AuditLevel.Error,
        (AuditAct.AttackInputSeen, AuditOutcome.Denied) => AuditLevel.Error,
        (AuditAct.AttackInputSeen, _) => AuditLevel.Warning,
        (AuditAct.SessionClientChanged, _) => AuditLevel.Error,
        (_, AuditOutcome.Denied) => AuditLevel.Warning,
        (AuditAct.PatientMadeInactive or AuditAct.AccountLocked or AuditAct.BrowserLocked or AuditAct.AccountDeactivated, _) => AuditLevel.Warning,
        (AuditAct.RolesChanged or AuditAct.SecondFactorReset or AuditAct.SecondFactorDisabled, _) => AuditLevel.Warning,
        (AuditAct.RecoveryCodeUsed or AuditAct.RecordMarkedInError, _) => AuditLevel.Warning,
        _ => AuditLevel.Information,
    };
}
