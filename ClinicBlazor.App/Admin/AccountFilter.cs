using ClinicBlazor.App.Shared.Grids;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Admin;

/// <summary>What the address of the accounts page asks for.</summary>
/// <param name="Patients">Patients' accounts rather than those of staff.</param>
/// <param name="Search">Part of a name or an address; null for all.</param>
/// <param name="Role">Name of one of the staff's <see cref="Roles"/>; null for any.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
/// <param name="Descending">True for the last address first.</param>
/// <param name="Choice">How the columns are chosen, as <see cref="ColumnChoice"/> writes it.</param>
public sealed record AccountFilter(bool Patients, string? Search, string? Role, string? After, bool Descending = false,
    string? Choice = null)
{
    private const string Path = "/admin/accounts";
    private const string PatientsKind = "patients";
    private const string DescendingSort = "-email";

    /// <summary>The columns, and the keys of what stands above them.</summary>
    public static IReadOnlyList<GridColumn> Columns { get; } =
    [
        new("person", "Person", Stays: true), new("email", "E-mail"), new("role", "Role"), new("state", "State"),
        new("factor", "Second factor"), new("signin", "Last sign-in"), new("sessions", "Sessions"),
    ];

    /// <summary>The roles that staff can hold, one by one.</summary>
    public static IReadOnlyList<Roles> StaffRoles { get; } = [.. Roles.Staff.Each()];

    /// <summary>The role that is asked for; null for any.</summary>
    public Roles? WantedRole => StaffRoles.Cast<Roles?>().FirstOrDefault(role => role.ToString() == Role);

    /// <summary>The question to the domain.</summary>
    public AccountQuery Query => new(Search ?? "", Patients ? Roles.Patient : WantedRole ?? Roles.Staff, After, Descending);

    /// <summary>Reads the values of the address.</summary>
    public static AccountFilter From(string? kind, string? search, string? role, string? after, string? sort = null,
        string? columns = null) => new(
        kind == PatientsKind, Filled(search), kind == PatientsKind ? null : Filled(role), Filled(after), sort == DescendingSort,
        ColumnChoice.Read(columns, Columns));

    /// <summary>The address of the page with this filter and a chosen account.</summary>
    public string Address(NavigationManager navigation, Guid? account) =>
        navigation.GetUriWithQueryParameters(Path, new Dictionary<string, object?>
        {
            ["kind"] = Patients ? PatientsKind : null,
            ["q"] = Search,
            ["role"] = Role,
            ["after"] = After,
            ["sort"] = Descending ? DescendingSort : null,
            ["columns"] = Choice,
            ["account"] = account,
        });

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
