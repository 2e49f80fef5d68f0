using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Ready when the clinic has started and the database answers. It says nothing about the inside. A clinic that still starts
/// is not ready either, but no fault to log.
/// </summary>
public sealed class ReadinessCheck(ClinicReadiness readiness, DatabaseStartup database) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        !readiness.IsReached ? HealthCheckResult.Degraded()
        : await database.IsReadyAsync(cancellationToken) ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy();
}
