using System.Reflection;
using ClinicBlazor.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.Tests.Support;

/// <summary>The pages that somebody of the staff may open.</summary>
internal static class StaffPages
{
    /// <summary>All of them, as their permissions say.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(App.App).Assembly.GetTypes().Where(type => RoutesOf(type).Count > 0 && OfStaff(type))];

    /// <summary>The addresses of a page, with what is different from visit to visit in braces.</summary>
    public static IReadOnlyList<string> RoutesOf(Type page) =>
        [.. page.GetCustomAttributes<RouteAttribute>().Select(route => route.Template)];

    private static bool OfStaff(Type page) =>
        page.GetCustomAttribute<AuthorizeAttribute>()?.Policy is { } policy
        && Enum.TryParse<Permission>(policy, out var permission)
        && Roles.Staff.Each().Any(role => AccessPolicy.Allows(role, permission));
}
