using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>A session whose cookie came from another network address or browser.</summary>
internal sealed class SessionMovedRule : SingleEntryRule
{
    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.SessionMoved;

    /// <inheritdoc/>
    public override bool Concerns(TrailEvent entry) => entry is { Act: AuditAct.SessionClientChanged, AccountId: not null };

    /// <inheritdoc/>
    protected override string KeyOf(TrailEvent entry) => AlertKeys.Of(entry.AccountId!.Value);
}
