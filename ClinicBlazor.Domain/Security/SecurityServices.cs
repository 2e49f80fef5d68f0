using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Security;

/// <summary>What looks across concepts: the review of the audit trail, and the alerts drawn from it.</summary>
internal static class SecurityServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<AuditService>();
        services.AddSingleton<AuditExport>();
        services.AddSingleton<AuditCheck>();
        services.AddSingleton<LookReportService>();
        services.AddSingleton<IKeptEntries, OpenReportEntries>();
        services.AddSingleton<AuditArchiveService>();
        services.AddSingleton<AuditReviewService>();
        services.AddSingleton<VerifyRun>();
        services.AddSingleton(provider => new AuditVerifyJob(
            provider.GetRequiredService<VerifyRun>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditVerifyJob>>()));
        services.AddSingleton<NightlyVerification>();
        services.AddHostedService(provider => provider.GetRequiredService<NightlyVerification>());
        services.AddAlerts();
        return services;
    }
}
