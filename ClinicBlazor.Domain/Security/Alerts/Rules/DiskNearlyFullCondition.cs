using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Security.Alerts.Rules;

/// <summary>Too little of the disk of the data directory is free.</summary>
internal sealed class DiskNearlyFullCondition(IDiskGauge gauge) : IAlertCondition
{
    /// <inheritdoc/>
    public AlertKind Kind => AlertKind.DiskNearlyFull;

    /// <inheritdoc/>
    public Task<bool> HoldsAsync(AlertBatch batch, CancellationToken ct) =>
        Task.FromResult(gauge.FreePercent() < batch.Settings.DiskFreePercent);
}
