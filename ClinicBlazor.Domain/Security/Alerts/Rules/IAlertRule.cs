using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>Entries that are judged together, and where what is found in them goes.</summary>
/// <param name="Db">The transaction.</param>
/// <param name="After">Place in the chain of the last entry that was judged before.</param>
/// <param name="Book">The alerts.</param>
/// <param name="Settings">The thresholds.</param>
/// <param name="Time">The clinic's clock, which says what a day is.</param>
internal sealed record AlertBatch(ClinicDbContext Db, long After, AlertBook Book, AlertSettings Settings, TimeProvider Time);

/// <summary>Says of entries of the trail whether they want somebody's look. Each kind of alert is found by one rule.</summary>
internal interface IAlertRule
{
    /// <summary>The kind of alert that it finds.</summary>
    AlertKind Kind { get; }

    /// <summary>True for an entry that it judges.</summary>
    bool Concerns(TrailEvent entry);

    /// <summary>Judges the entries that concern it, which come in the order of the chain; there is at least one.</summary>
    Task JudgeAsync(AlertBatch batch, IReadOnlyList<TrailEvent> entries, CancellationToken ct);
}

/// <summary>A state of the clinic that wants somebody's look as long as it lasts.</summary>
internal interface IAlertCondition
{
    /// <summary>The kind of alert that it is.</summary>
    AlertKind Kind { get; }

    /// <summary>True while it is so.</summary>
    Task<bool> HoldsAsync(AlertBatch batch, CancellationToken ct);
}
