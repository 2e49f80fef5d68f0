using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Access;

/// <summary>Who may do what, and from where.</summary>
internal static class AccessServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => new AdministrationNetworks(NetworkList.Read(configuration, NetworkList.Administration)));
        return services;
    }
}
