using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>
/// A trail that does not hold, or does not fit its anchors, and a sealed value that does not open. Who noticed it has not done it:
/// it is nobody's in particular.
/// </summary>
internal sealed class TrailBrokenRule : SingleEntryRule
{
    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.TrailBroken;

    /// <inheritdoc/>
    public override bool Concerns(TrailEvent entry) => entry.Act == AuditAct.SealBroken
        || (entry.Outcome == AuditOutcome.Failed && entry.Act is AuditAct.AnchorsCompared or AuditAct.AuditVerified);

    /// <inheritdoc/>
    protected override string KeyOf(TrailEvent entry) => AlertKeys.Of(entry.Act);

    /// <inheritdoc/>
    protected override AlertCause CauseOf(TrailEvent first, AlertCause cause) => cause with { Act = first.Act };
}
