using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>Settings, time and the start.</summary>
internal static class KernelServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ClinicSettings>()
            .Bind(configuration.GetSection(ClinicSettings.Section))
            .Configure(settings => settings.ConnectionString = configuration.GetConnectionString("Clinic") ?? settings.ConnectionString);
        services.TryAddSingleton<TimeProvider>(provider => new ClinicTime(provider.GetRequiredService<IOptions<ClinicSettings>>().Value));
        services.AddSingleton<ClinicReadiness>();
        return services;
    }
}
