namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>A rule by which each entry that concerns it is an alert.</summary>
internal abstract class SingleEntryRule : IAlertRule
{
    /// <inheritdoc/>
    public abstract AlertKind Kind { get; }

    /// <inheritdoc/>
    public abstract bool Concerns(TrailEvent entry);

    /// <inheritdoc/>
    public async Task JudgeAsync(AlertBatch batch, IReadOnlyList<TrailEvent> entries, CancellationToken ct)
    {
        var byKey = (await NarrowAsync(batch, entries, ct)).GroupBy(KeyOf).ToList();
        var open = await batch.Book.OpenAsync(Kind, [.. byKey.Select(group => group.Key)], ct);
        foreach (var group in byKey)
        {
            var cause = new AlertCause(Kind, group.Key, group.Min(entry => entry.At), group.Max(entry => entry.At), group.Count());
            batch.Book.Tell(open.GetValueOrDefault(group.Key), CauseOf(group.First(), cause));
        }
    }

    /// <summary>What repetition counts on.</summary>
    protected abstract string KeyOf(TrailEvent entry);

    /// <summary>Leaves out what only the database can tell to be none.</summary>
    protected virtual Task<IReadOnlyList<TrailEvent>> NarrowAsync(AlertBatch batch, IReadOnlyList<TrailEvent> entries,
        CancellationToken ct) => Task.FromResult(entries);

    /// <summary>The cause with what the first entry says of whom and where.</summary>
    protected virtual AlertCause CauseOf(TrailEvent first, AlertCause cause) =>
        cause with { AccountId = first.AccountId, SubjectId = first.SubjectId, Address = AlertKeys.Shown(first.Address), Act = first.Act };
}
