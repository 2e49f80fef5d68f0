namespace ClinicBlazor.Domain.Audit;

/// <summary>The severity of each act (requirement S1-05).</summary>
internal static class AuditLevels
{
    /// <summary>The level of an act with its outcome.</summary>
    public static AuditLevel Of(AuditAct act, AuditOutcome outcome) => (act, outcome) switch
    {
        (AuditAct.SignIn or AuditAct.SecondFactor or AuditAct.RecoveryCodeUsed or AuditAct.IdentityProved or AuditAct.PasskeyUsed,
            AuditOutcome.Failed) => AuditLevel.Error,
        (AuditAct.AttackInputSeen, AuditOutcome.Denied) => AuditLevel.Error,
        (AuditAct.AttackInputSeen, _) => AuditLevel.Warning,
        (AuditAct.SessionClientChanged or AuditAct.SealBroken, _) => AuditLevel.Error,
        (AuditAct.DocumentScanned, AuditOutcome.Failed) => AuditLevel.Error,
        (AuditAct.ValuesResealed or AuditAct.AnchorsCompared or AuditAct.AuditVerified or AuditAct.AuditArchived, AuditOutcome.Failed)
            => AuditLevel.Error,
        (AuditAct.AnchorsBegun, _) => AuditLevel.Warning,
        (_, AuditOutcome.Denied) => AuditLevel.Warning,
        (AuditAct.PatientSearchedBySsn, AuditOutcome.Failed) => AuditLevel.Warning,
        (AuditAct.PatientMadeInactive or AuditAct.AccountLocked or AuditAct.BrowserLocked or AuditAct.SessionsEndedForSafety
            or AuditAct.AccountDeactivated, _) => AuditLevel.Warning,
        (AuditAct.RolesChanged or AuditAct.RolesGiven or AuditAct.RolesConfirmed or AuditAct.RolesCameDue, _) => AuditLevel.Warning,
        (AuditAct.LookReported or AuditAct.AlertRaised, _) => AuditLevel.Warning,
        (AuditAct.SecondFactorReset or AuditAct.SecondFactorDisabled, _) => AuditLevel.Warning,
        (AuditAct.RecoveryCodeUsed or AuditAct.RecordMarkedInError or AuditAct.DocumentMarkedInError or AuditAct.DocumentRefused, _) =>
            AuditLevel.Warning,
        _ => AuditLevel.Information,
    };
}
