using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>What entries are counted of.</summary>
/// <param name="Key">What repetition counts on.</param>
/// <param name="AccountId">The account, where it is one.</param>
internal sealed record AlertTopic(string Key, Guid? AccountId);

/// <summary>
/// A rule by which so many entries within so many minutes are an alert. What came before is read from the trail, and so survives
/// the end of the program. While an alert is open, each further entry within the minutes after the last one counts on it; later
/// ones must reach the threshold again.
/// </summary>
internal abstract class WindowRule : IAlertRule
{
    /// <inheritdoc/>
    public abstract AlertKind Kind { get; }

    /// <inheritdoc/>
    public abstract bool Concerns(TrailEvent entry);

    /// <inheritdoc/>
    public async Task JudgeAsync(AlertBatch batch, IReadOnlyList<TrailEvent> entries, CancellationToken ct)
    {
        var (threshold, within) = LimitOf(batch.Settings);
        var topics = entries.SelectMany(TopicsOf).Distinct().ToList();
        var keys = topics.ConvertAll(topic => topic.Key);
        var begin = entries.Min(entry => entry.At) - within;
        var open = await batch.Book.OpenAsync(Kind, keys, ct);
        var closed = await batch.Book.ClosedAsync(Kind, keys, begin, ct);
        var earlier = keys.TrueForAll(key => open.TryGetValue(key, out var alert) && alert.LastAt >= begin) ? []
            : await EarlierAsync(batch, begin, ct);
        var (before, now) = (ByTopic(earlier), ByTopic(entries));
        foreach (var topic in topics)
        {
            var alert = open.GetValueOrDefault(topic.Key);
            var judged = alert?.LastAt ?? closed[topic.Key].Select(one => (DateTimeOffset?)one.At).Max();
            var count = new Count(threshold, within, alert?.LastAt, recent => Tells(topic, recent), WeightOf);
            count.Remember(before[topic].Where(entry => judged is null || entry.At > judged));
            count.Add(now[topic].Where(entry => alert is not null || judged is null || entry.At > judged));
            if (count.Last is { } last)
            {
                batch.Book.Tell(alert, new AlertCause(Kind, topic.Key, count.First.At, last.At, count.Total)
                {
                    AccountId = topic.AccountId, Address = AlertKeys.Shown(last.Address), Act = last.Act,
                });
            }
        }
    }

    /// <summary>How many, and within which time.</summary>
    protected abstract (int Threshold, TimeSpan Within) LimitOf(AlertSettings settings);

    /// <summary>The entries that concern the rule, and may concern nothing else.</summary>
    protected abstract IQueryable<AuditEntry> Of(IQueryable<AuditEntry> entries);

    /// <summary>What an entry counts for.</summary>
    protected abstract IEnumerable<AlertTopic> TopicsOf(TrailEvent entry);

    /// <summary>How often it happened that an entry tells of.</summary>
    protected virtual int WeightOf(TrailEvent entry) => 1;

    /// <summary>False for entries that another topic tells of already.</summary>
    protected virtual bool Tells(AlertTopic topic, IReadOnlyCollection<TrailEvent> recent) => true;

    private ILookup<AlertTopic, TrailEvent> ByTopic(IEnumerable<TrailEvent> entries) =>
        entries.SelectMany(entry => TopicsOf(entry).Select(topic => (Topic: topic, Entry: entry)))
            .ToLookup(row => row.Topic, row => row.Entry);

    private async Task<IReadOnlyList<TrailEvent>> EarlierAsync(AlertBatch batch, DateTimeOffset begin, CancellationToken ct)
    {
        var first = UtcTime.FirstIdAt(begin);
        var entries = Of(batch.Db.Set<AuditEntry>()).Where(entry => entry.Id >= first && entry.At > begin);
        return [.. (await TrailEvent.UpTo(batch.Db, batch.After, entries).ToListAsync(ct)).OrderBy(entry => entry.Sequence)];
    }

    /// <summary>Counts the entries of one topic.</summary>
    private sealed class Count(int threshold, TimeSpan within, DateTimeOffset? goesOnFrom,
        Func<IReadOnlyCollection<TrailEvent>, bool> tells, Func<TrailEvent, int> weightOf)
    {
        private readonly List<TrailEvent> recent = [];
        private DateTimeOffset? last = goesOnFrom;

        /// <summary>The first that was counted.</summary>
        public TrailEvent First { get; private set; } = null!;

        /// <summary>The last one; null when none was.</summary>
        public TrailEvent? Last { get; private set; }

        /// <summary>How many.</summary>
        public int Total { get; private set; }

        /// <summary>Takes in what was judged before and not counted.</summary>
        public void Remember(IEnumerable<TrailEvent> entries) => recent.AddRange(entries);

        /// <summary>Judges further ones.</summary>
        public void Add(IEnumerable<TrailEvent> entries)
        {
            foreach (var entry in entries)
            {
                recent.Add(entry);
                recent.RemoveAll(one => one.At <= entry.At - within);
                var goesOn = last is { } before && entry.At - before <= within;
                if (goesOn || (recent.Sum(weightOf) >= threshold && tells(recent)))
                {
                    First ??= recent[0];
                    Total += recent.Sum(weightOf);
                    (Last, last) = (entry, entry.At);
                    recent.Clear();
                }
            }
        }
    }
}
