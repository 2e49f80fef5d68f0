using ClinicBlazor.Domain.Audit;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>
/// One person who searches for whole social security numbers again and again that no patient has. One that somebody mistyped is
/// none; who may not search for them at all is refused, and counted there.
/// </summary>
internal sealed class SsnGuessRule : WindowRule
{
    /// <inheritdoc/>
    public override AlertKind Kind => AlertKind.SsnGuesses;

    /// <inheritdoc/>
    public override bool Concerns(TrailEvent entry) =>
        entry is { Act: AuditAct.PatientSearchedBySsn, Outcome: AuditOutcome.Failed, AccountId: not null };

    /// <inheritdoc/>
    protected override (int Threshold, TimeSpan Within) LimitOf(AlertSettings settings) =>
        (settings.SsnGuesses, TimeSpan.FromMinutes(settings.SsnGuessMinutes));

    /// <inheritdoc/>
    protected override IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries) => entries.Where(entry =>
        entry.Act == AuditAct.PatientSearchedBySsn && entry.Outcome == AuditOutcome.Failed && entry.AccountId != null);

    /// <inheritdoc/>
    protected override IEnumerable<AlertTopic> TopicsOf(TrailEvent entry) =>
        [new AlertTopic(AlertKeys.Of(entry.AccountId!.Value), entry.AccountId)];
}
