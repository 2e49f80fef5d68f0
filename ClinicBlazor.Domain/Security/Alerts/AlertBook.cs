using System.Globalization;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>An alert that was acknowledged.</summary>
/// <param name="Key">What repetition counted on.</param>
/// <param name="At">When it was.</param>
/// <param name="Count">How often it had happened by then.</param>
internal sealed record ClosedAlert(string Key, DateTimeOffset At, int Count);

/// <summary>
/// The alerts of one transaction: what happens again counts on the one that is open, else there is a new one, and everybody who
/// is to be told of it.
/// </summary>
internal sealed class AlertBook(ClinicDbContext db, IReadOnlyCollection<string> notifiers, TimeProvider time)
{
    private readonly List<AlertKind> raised = [];

    /// <summary>How many were raised.</summary>
    public int Raised => raised.Count;

    /// <summary>How many of each kind, for the audit trail.</summary>
    public string Remark => string.Join(", ", raised.CountBy(kind => kind).OrderBy(of => of.Key)
        .Select(of => string.Create(CultureInfo.InvariantCulture, $"{of.Key} {of.Value}")));

    /// <summary>The open alerts of a kind, by their keys.</summary>
    public async Task<IReadOnlyDictionary<string, Alert>> OpenAsync(AlertKind kind, IReadOnlyCollection<string> keys,
        CancellationToken ct) =>
        await db.Set<Alert>().AsTracking().Where(alert => alert.AcknowledgedAt == null && alert.Kind == kind && keys.Contains(alert.Key))
            .ToDictionaryAsync(alert => alert.Key, ct);

    /// <summary>Those that were acknowledged after <paramref name="since"/>.</summary>
    public async Task<ILookup<string, ClosedAlert>> ClosedAsync(AlertKind kind, IReadOnlyCollection<string> keys, DateTimeOffset since,
        CancellationToken ct) =>
        (await db.Set<Alert>().Where(alert => alert.Kind == kind && keys.Contains(alert.Key) && alert.AcknowledgedAt > since)
            .Select(alert => new ClosedAlert(alert.Key, alert.AcknowledgedAt!.Value, alert.Count)).ToListAsync(ct))
        .ToLookup(alert => alert.Key);

    /// <summary>Counts what was found on the alert that is <paramref name="open"/>, or raises one.</summary>
    public void Tell(Alert? open, AlertCause cause)
    {
        if (open is not null)
        {
            open.Repeat(cause.Count, cause.LastAt);
            return;
        }

        var alert = Alert.Raise(time.NewId(), cause);
        var now = time.Now();
        db.Set<Alert>().Add(alert);
        db.Set<QueuedNotice>().AddRange(notifiers.Select(name => QueuedNotice.Write(time.NewId(), alert.Id, name, now)));
        raised.Add(cause.Kind);
    }
}
