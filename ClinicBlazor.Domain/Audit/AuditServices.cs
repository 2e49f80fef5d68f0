using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Protection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Audit;

/// <summary>The audit trail and its chain.</summary>
internal static class AuditServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditMac>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton(provider => new AuditVerifier(
            provider.GetRequiredService<AuditMac>(), provider.GetRequiredService<AnchorComparer>(),
                provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AuditSealer>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());
        services.AddSingleton<AnchorFile>();
        services.AddSingleton<AnchorComparer>();
        services.AddSingleton(provider => new AuditAnchors(
            provider.GetRequiredService<AuditDatabase>(), provider.GetRequiredService<AuditSealer>(),
                provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<AnchorFile>(), provider.GetRequiredService<AnchorComparer>(), provider.GetServices<IAnchorPost>(),
            provider.GetRequiredService<IClinicInUse>(), provider.GetRequiredService<KeyRing>(),
                provider.GetRequiredService<IOptions<ClinicSettings>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditAnchors>>()));
        services.AddSingleton<ArchiveSigner>();
        services.AddSingleton(provider => new AuditDue(provider.GetRequiredService<IOptions<ClinicSettings>>().Value.Audit,
            provider.GetServices<IKeptEntries>()));
        services.AddSingleton(provider => new AuditArchiver(
            provider.GetRequiredService<ClinicReadiness>(), provider.GetRequiredService<AuditDatabase>(),
                provider.GetRequiredService<AuditVerifier>(), provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<AuditMac>(), provider.GetRequiredService<ArchiveSigner>(), provider.GetRequiredService<AuditDue>(),
            provider.GetRequiredService<IOptions<ClinicSettings>>().Value, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditArchiver>>()));
        services.AddHostedService(provider => provider.GetRequiredService<AuditArchiver>());
        services.AddSingleton<AnchorKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<AnchorKeeper>());
        return services;
    }
}
