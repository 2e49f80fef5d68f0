using ClinicBlazor.Domain.Documents;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>
/// A document waits too long to be looked through for viruses, and nobody can open it: the scanner is away, is set no more, or gives no
/// verdict of it.
/// </summary>
internal sealed class DocumentsNotScannedCondition(DocumentScanner scanner) : IAlertCondition
{
    /// <inheritdoc/>
    public AlertKind Kind => AlertKind.DocumentsNotScanned;

    /// <inheritdoc/>
    public Task<bool> HoldsAsync(AlertBatch batch, CancellationToken ct)
    {
        var added = batch.Time.Now().AddMinutes(-batch.Settings.ScanWaitMinutes);
        var before = UtcTime.FirstIdAt(added, TimeSpan.FromMilliseconds(1));
        var broken = scanner.Broken;
        return batch.Db.Set<Document>().AnyAsync(
            row => row.State == DocumentState.Quarantined && row.Id < before && row.AddedAt <= added && !broken.Contains(row.Id), ct);
    }
}
