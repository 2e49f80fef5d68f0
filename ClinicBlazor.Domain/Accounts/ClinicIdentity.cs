using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>ASP.NET Core Identity, as the clinic uses it.</summary>
public static class ClinicIdentity
{
    /// <summary>
    /// Registers Identity for the clinic's accounts. Its manager is had over a lease of the gate (<see cref="AccountManagers"/>);
    /// one that a page asks for by itself reaches no account, so that nothing is changed without an audit entry.
    /// </summary>
    public static IdentityBuilder AddClinicIdentity(this IServiceCollection services)
    {
        services.AddScoped<IUserStore<Account>>(_ => throw new InvalidOperationException("Accounts are reached through the gate only."));
        services.AddSingleton<IPasswordHasher<Account>>(provider => provider.GetRequiredService<Passwords>());
        services.AddSingleton<IPasswordValidator<Account>, PasswordValidator>();
        return services.AddIdentityCore<Account>();
    }
}
