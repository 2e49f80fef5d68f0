using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>
/// Failed sign-ins of one account, from wherever, and from one client, of whatever accounts. What one client does to one account
/// is told of the account alone.
/// </summary>
internal sealed class FailedSignInRule : WindowRule
{
    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.FailedSignIns;

    /// <inheritdoc/>
    public override bool Concerns(TrailEvent entry) => entry.Outcome == AuditOutcome.Failed
        && entry.Act is AuditAct.SignIn or AuditAct.SecondFactor or AuditAct.RecoveryCodeUsed or AuditAct.PasskeyUsed;

    /// <inheritdoc/>
    protected override (int Threshold, TimeSpan Within) LimitOf(AlertSettings settings) =>
        (settings.FailedSignIns, TimeSpan.FromMinutes(settings.FailedSignInMinutes));

    /// <inheritdoc/>
    protected override IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries) => entries.Where(entry =>
        entry.Outcome == AuditOutcome.Failed && (entry.Act == AuditAct.SignIn || entry.Act == AuditAct.SecondFactor
            || entry.Act == AuditAct.RecoveryCodeUsed || entry.Act == AuditAct.PasskeyUsed));

    /// <inheritdoc/>
    protected override IEnumerable<AlertTopic> TopicsOf(TrailEvent entry)
    {
        yield return new AlertTopic(AlertKeys.OfClient(entry.Address), AccountId: null);
        if (entry.AccountId is { } accountId)
        {
            yield return new AlertTopic(AlertKeys.Of(accountId), accountId);
        }
    }

    /// <inheritdoc/>
    protected override bool Tells(AlertTopic topic, IReadOnlyCollection<TrailEvent> recent) =>
        topic.AccountId is not null || recent.Any(entry => entry.AccountId is null)
        || recent.DistinctBy(entry => entry.AccountId).Count() > 1;
}
