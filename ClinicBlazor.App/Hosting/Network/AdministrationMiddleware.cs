using System.Reflection;
using System.Security.Claims;
using ClinicBlazor.App.Hosting.Refusals;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace ClinicBlazor.App.Hosting.Network;

/// <summary>
/// Where the administration has networks of its own, its pages do not exist for anybody else (requirement S2-07). The
/// domain refuses the operations behind them all the same.
/// </summary>
public sealed class AdministrationMiddleware(RequestDelegate next, AdministrationNetworks networks)
{
    /// <summary>Answers 404 to a request from outside for a page of the administration.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var asked = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [];
        if (networks.AllowAll(context.ClientInfo(), asked))
        {
            return next(context);
        }

        context.Refuse(SecurityFinding.AdministrationFromOutside, StatusCodes.Status404NotFound);
        return Task.CompletedTask;
    }
}

/// <summary>What a page's policy means for where it can be opened from.</summary>
public static class AdministrationPages
{
    /// <summary>True when none of the permissions that are asked for is closed to the client.</summary>
    public static bool AllowAll(this AdministrationNetworks networks, ClientInfo client, IEnumerable<IAuthorizeData> asked) =>
        asked.All(data => !Enum.TryParse<Permission>(data.Policy, out var permission) || networks.Allow(client, permission));

    /// <summary>True for a page of the administration and somebody whose circuit was opened from outside its networks.</summary>
    public static bool Hide(this AdministrationNetworks networks, Type page, ClaimsPrincipal user) =>
        SessionPrincipal.Read(user) is var (_, client) && !networks.AllowAll(client, page.GetCustomAttributes<AuthorizeAttribute>());
}

/// <summary>Asks that a permission be used from where it is open.</summary>
/// <param name="permission">The permission.</param>
public sealed class FromItsNetworks(Permission permission) : IAuthorizationRequirement
{
    /// <summary>The permission.</summary>
    public Permission Permission { get; } = permission;
}

/// <summary>
/// Answers <see cref="FromItsNetworks"/> from the address that the session's principal carries, in a circuit as in a
/// request.
/// </summary>
public sealed class FromItsNetworksHandler(AdministrationNetworks networks) : AuthorizationHandler<FromItsNetworks>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, FromItsNetworks requirement)
    {
        if (SessionPrincipal.Read(context.User) is var (_, client) && networks.Allow(client, requirement.Permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
