using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Protection;

/// <summary>The key ring and what is sealed with it.</summary>
internal static class ProtectionServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
            new KeySettings(TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<ClinicSettings>>().Value.Keys.GraceSeconds)));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<FirstEnvelopes>();
        services.AddSingleton<FieldProtector>();
        services.AddSingleton<BlindIndex>();
        services.AddSingleton<TokenHasher>();
        return services;
    }
}
