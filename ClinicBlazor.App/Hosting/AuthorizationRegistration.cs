using ClinicBlazor.App.Hosting.Network;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ClinicBlazor.App.Hosting;

/// <summary>Registers the session scheme and one authorization policy per permission, answered from the access table.</summary>
public static class AuthorizationRegistration
{
    /// <summary>
    /// Every endpoint wants a complete sign-in unless it says otherwise; a page names its permission as its policy.
    /// </summary>
    public static IServiceCollection AddSessionAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(SessionPrincipal.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(SessionPrincipal.SchemeName, configureOptions: null);
        services.AddAuthorization(options =>
        {
            options.DefaultPolicy = options.FallbackPolicy = RequireAny(RolesExtensions.All);
            options.AddPolicy(ClinicPolicies.AnySession, policy => policy.RequireAuthenticatedUser());
            foreach (var permission in Enum.GetValues<Permission>())
            {
                var allowed = RolesExtensions.All.Where(role => AccessPolicy.Allows(role, permission)).ToList();
                options.AddPolicy(permission.ToString(),
                    new AuthorizationPolicyBuilder(RequireAny(allowed)).AddRequirements(new FromItsNetworks(permission)).Build());
            }
        });
        services.AddSingleton<IAuthorizationHandler, FromItsNetworksHandler>();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<PageRefusal>();
        return services;
    }

    private static AuthorizationPolicy RequireAny(IEnumerable<Roles> roles) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(roles.Select(role => role.ToString())).Build();
}
