using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Accounts.Grants;

/// <summary>Roles that wait for a second person.</summary>
internal static class GrantsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddGrants(this IServiceCollection services)
    {
        services.AddSingleton<PowerNotices>();
        services.AddSingleton<RolePower>();
        services.AddSingleton<RoleGrantService>();
        services.AddSingleton<RoleGrantSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<RoleGrantSweeper>());
        return services;
    }
}
