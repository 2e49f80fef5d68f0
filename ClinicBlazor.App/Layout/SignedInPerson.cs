using System.Security.Claims;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.App.Layout;

/// <summary>Who is signed in, as far as a page's frame shows it. It decides how pages look, never what may be done.</summary>
/// <param name="Name">Display name; empty for somebody who is not signed in.</param>
/// <param name="Roles">The roles of the principal.</param>
public sealed record SignedInPerson(string Name, Roles Roles)
{
    /// <summary>Nobody.</summary>
    public static SignedInPerson Nobody { get; } = new("", Roles.None);

    /// <summary>For whom this person's pages are drawn.</summary>
    public Audience Audience => Roles.HasAny(Roles.Staff) ? Audience.Staff : Audience.Patient;

    /// <summary>First word of the name.</summary>
    public string FirstName => Words.FirstOrDefault("");

    /// <summary>First letters of the last two words: titles before them do not count.</summary>
    public string Initials => string.Concat(Words.TakeLast(2).Select(word => word[0]));

    private string[] Words => Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads the claims of a principal.</summary>
    public static SignedInPerson From(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true)
            return Nobody;
        var roles = RolesExtensions.All
            .Where(role => principal.HasClaim(ClaimTypes.Role, role.ToString()))
            .Aggregate(Roles.None, (all, role) => all | role);
        return new(principal.FindFirstValue("name") ?? "", roles);
    }
}
