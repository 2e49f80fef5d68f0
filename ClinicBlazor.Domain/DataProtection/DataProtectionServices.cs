using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.DataProtection;

/// <summary>The sealed store of the web framework's keys.</summary>
internal static class DataProtectionServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddDataProtection(this IServiceCollection services)
    {
        services.AddSingleton<DataProtectionKeyStore>();
        return services;
    }
}
