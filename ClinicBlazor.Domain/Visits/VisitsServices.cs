using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Visits;

/// <summary>Visits and the queue.</summary>
internal static class VisitsServices
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddVisits(this IServiceCollection services)
    {
        services.AddSingleton<IOwnerLookup>(new OwnerLookup<Visit>(trace => trace.VisitId));
        services.AddSingleton<VisitParts>();
        services.AddSingleton(provider => new VisitRules(provider.GetServices<IVisitRule>()));
        services.AddSingleton<VisitService>();
        services.AddSingleton<VisitStaffService>();
        services.AddSingleton<VisitHistoryService>();
        services.AddSingleton<QueueService>();
        services.AddSingleton<QueueNews>();
        services.AddSingleton<IChangeObserver, QueueObserver>();
        services.AddSingleton<VisitSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<VisitSweeper>());
        services.AddSingleton<OpenVisits, VisitsNow>();
        return services;
    }
}
