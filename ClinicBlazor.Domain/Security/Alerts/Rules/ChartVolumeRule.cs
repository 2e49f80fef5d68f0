using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>
/// Far more charts in a day of the clinic than the person usually opens, and than others in the same role do. The numbers of the
/// last days are kept; today's is read from the trail whenever it grows, and so is right however often it is read.
/// </summary>
internal sealed class ChartVolumeRule : IAlertRule
{
    /// <inheritdoc/>
    public AlertKind Kind => AlertKind.ChartVolume;

    /// <inheritdoc/>
    public bool Concerns(TrailEvent entry) =>
        entry is { Outcome: AuditOutcome.Done, AccountId: not null, PatientId: not null, IsOfTheProgram: false }
        && entry.Act is AuditAct.PatientRead or AuditAct.RecordRead or AuditAct.RecordPrinted or AuditAct.ChartPrinted
            or AuditAct.IdentifierShown or AuditAct.DocumentRead
        && entry.Roles.HasAny(Roles.Staff);

    /// <inheritdoc/>
    public async Task JudgeAsync(AlertBatch batch, IReadOnlyList<TrailEvent> entries, CancellationToken ct)
    {
        var days = entries.GroupBy(entry => (AccountId: entry.AccountId!.Value, Day: ClinicDay.DateOf(batch.Time, entry.At))).ToList();
        foreach (var day in days)
        {
            await JudgeAsync(batch, day.Key.AccountId, day.Key.Day, [.. day], ct);
        }
    }

    private static async Task JudgeAsync(AlertBatch batch, Guid accountId, DateOnly day, IReadOnlyList<TrailEvent> entries,
        CancellationToken ct)
    {
        var last = entries[^1];
        var patients = await PatientsAsync(batch, accountId, day, ct);
        await KeepAsync(batch.Db, accountId, day, patients, last.Roles, ct);
        if (patients <= batch.Settings.ChartMinimum)
        {
            return;
        }

        var key = AlertKeys.Of(accountId, day);
        var open = (await batch.Book.OpenAsync(AlertKind.ChartVolume, [key], ct)).GetValueOrDefault(key);
        var closed = (await batch.Book.ClosedAsync(AlertKind.ChartVolume, [key], DateTimeOffset.MinValue, ct))[key]
            .Sum(alert => alert.Count);

        // Somebody has looked at so many already: what comes after that is judged by itself.
        var (fresh, told) = (patients - closed, open?.Count ?? 0);
        if (fresh > told && (open is not null || fresh > await LimitAsync(batch, accountId, day, last.Roles, ct)))
        {
            batch.Book.Tell(open, new AlertCause(AlertKind.ChartVolume, key, entries[0].At, last.At, fresh - told)
            {
                AccountId = accountId, Address = AlertKeys.Shown(last.Address), Act = last.Act,
            });
        }
    }

    private static Task<int> PatientsAsync(AlertBatch batch, Guid accountId, DateOnly day, CancellationToken ct)
    {
        var first = UtcTime.FirstIdAt(ClinicDay.At(batch.Time, day, TimeOnly.MinValue));
        var beyond = UtcTime.FirstIdAt(ClinicDay.At(batch.Time, day.AddDays(1), TimeOnly.MinValue));
        return batch.Db.Set<AuditEntry>().Where(entry => entry.AccountId == accountId && entry.Id >= first && entry.Id < beyond
                && entry.Outcome == AuditOutcome.Done && entry.PatientId != null
                && (entry.Act == AuditAct.PatientRead || entry.Act == AuditAct.RecordRead || entry.Act == AuditAct.RecordPrinted
                    || entry.Act == AuditAct.ChartPrinted || entry.Act == AuditAct.IdentifierShown
                    || entry.Act == AuditAct.DocumentRead))
            .Select(entry => entry.PatientId).Distinct().CountAsync(ct);
    }

    private static async Task KeepAsync(ClinicDbContext db, Guid accountId, DateOnly day, int patients, Roles role, CancellationToken ct)
    {
        var volume = await db.Set<ChartVolume>().AsTracking().SingleOrDefaultAsync(row => row.AccountId == accountId && row.Day == day, ct);
        if (volume is null)
        {
            volume = new ChartVolume { AccountId = accountId, Day = day };
            db.Set<ChartVolume>().Add(volume);
        }

        volume.Is(patients, role);
    }

    private static async Task<double> LimitAsync(AlertBatch batch, Guid accountId, DateOnly day, Roles role, CancellationToken ct)
    {
        var since = day.AddDays(-ChartVolume.Days);
        var before = batch.Db.Set<ChartVolume>().Where(volume => volume.Day >= since && volume.Day < day);
        var own = await before.Where(volume => volume.AccountId == accountId).Select(volume => (double?)volume.Patients).AverageAsync(ct);
        var others = await before.Where(volume => volume.Role == role && volume.AccountId != accountId)
            .Select(volume => (double?)volume.Patients).AverageAsync(ct);
        return Math.Max(batch.Settings.ChartMinimum, batch.Settings.ChartFactor * Math.Max(own ?? 0, others ?? 0));
    }
}
