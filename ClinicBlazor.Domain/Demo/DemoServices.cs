using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Demo;

/// <summary>The made-up clinic.</summary>
internal static class DemoServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddTransient<DemoBilling>();
        services.AddTransient<DemoMorning>();
        services.AddTransient<DemoCharts>();
        services.AddTransient<DemoAlerts>();
        services.AddTransient<DemoDocuments>();
        services.AddTransient<DemoData>();
        return services;
    }
}
