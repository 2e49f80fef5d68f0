using ClinicBlazor.App.Hosting.Network;
using ClinicBlazor.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ClinicBlazor.App.Hosting;

/// <summary>Policies that are no permission.</summary>
public static class ClinicPolicies
{
    /// <summary>Any session, also one that waits for its second factor or for enrolment.</summary>
    public const string AnySession = "AnySession";
}

/// <summary>Registers the session scheme and one authorization policy per permission, answered from the access table.</summary>
public static class AuthorizationRegistration
{
    /// <summary>
    /// Every endpoint wants a complete sign-in unless it says otherwise; a page names its permission as its policy.
    /// </summary>
    public static IServiceCollection AddSessionAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(SessionAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(SessionAuthenticationHandler.SchemeName, configureOptions: null);
        services.AddAuthorization(options =>
        {
            options.DefaultPolicy = options.FallbackPolicy = RequireAny(RolesExtensions.All);
            options.AddPolicy(ClinicPolicies.AnySession, policy => policy.RequireAuthenticatedUser());
            foreach (var permission in Enum.GetValues<Permission>())
            {
                var allowed = RolesExtensions.All.Where(role => AccessPolicy.Allows(role, permission)).ToList();
                options.AddPolicy(permission.ToString(), new AuthorizationPolicyBuilder(RequireAny(allowed)).AddRequirements(new FromItsNetworks(permission)).Build());
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
