using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.Extensions.DependencyInjection;

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
        services.AddAlerts();
        return services;
    }
}
