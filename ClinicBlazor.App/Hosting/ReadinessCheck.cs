using ClinicBlazor.Domain.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClinicBlazor.App.Hosting;

/// <summary>Ready when the keys are loaded and the database answers. It says nothing about the inside.</summary>
public sealed class ReadinessCheck(DatabaseStartup database) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.IsReadyAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
}
