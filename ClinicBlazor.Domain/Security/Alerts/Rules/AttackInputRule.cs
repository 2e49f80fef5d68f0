using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>Input that looks like an attack, of one account, or of one client where nobody is signed in.</summary>
internal sealed class AttackInputRule : SingleEntryRule
{
    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.AttackInput;

    /// <inheritdoc/>
    public override bool Concerns(TrailEvent entry) => entry.Act == AuditAct.AttackInputSeen;

    /// <inheritdoc/>
    protected override string KeyOf(TrailEvent entry) =>
        entry.AccountId is { } accountId ? AlertKeys.Of(accountId) : AlertKeys.OfClient(entry.Address);
}
