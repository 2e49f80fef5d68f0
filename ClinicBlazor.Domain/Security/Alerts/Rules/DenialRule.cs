using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>One person who is refused again and again. What has a rule of its own, or was ended by the program, is none.</summary>
internal sealed class DenialRule : WindowRule
{
    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.Denials;

    /// <inheritdoc/>
    public override bool Concerns(TrailEvent entry) => entry is { Outcome: AuditOutcome.Denied, AccountId: not null }
        && entry.Act is not (AuditAct.AttackInputSeen or AuditAct.SessionClientChanged);

    /// <inheritdoc/>
    protected override (int Threshold, TimeSpan Within) LimitOf(AlertSettings settings) =>
        (settings.Denials, TimeSpan.FromMinutes(settings.DenialMinutes));

    /// <inheritdoc/>
    protected override IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries) => entries.Where(entry =>
        entry.Outcome == AuditOutcome.Denied && entry.AccountId != null && entry.Act != AuditAct.AttackInputSeen
            && entry.Act != AuditAct.SessionClientChanged);

    /// <inheritdoc/>
    protected override IEnumerable<AlertTopic> TopicsOf(TrailEvent entry) =>
        [new AlertTopic(AlertKeys.Of(entry.AccountId!.Value), entry.AccountId)];

    /// <inheritdoc/>
    protected override int WeightOf(TrailEvent entry) =>
        entry.Act == AuditAct.DenialsCounted ? DenialTally.CountOf(entry.UserAgent) : 1;
}
