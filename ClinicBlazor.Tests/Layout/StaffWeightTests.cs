using System.Reflection;
using System.Security.Claims;
using Bunit;
using ClinicBlazor.App.Layout;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Records;
using ClinicBlazor.App.Security;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ClinicBlazor.Tests.Layout;

/// <summary>
/// Each of MudBlazor's components costs a circuit about five kilobytes, with a list that opens ten; plain markup next to
/// nothing. Rows of lists are plain markup, and this keeps anybody from putting components into them unseen.
/// </summary>
public sealed class StaffWeightTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const int Most = 60;
    private const int Rows = 12;

    public static TheoryData<Type> Pages =>
        [.. typeof(App.App).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any() && OfStaff(type))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OfStaff_HoldsFewComponentsOfTheLibrary(Type page)
    {
        var person = await clinic.People.AddStaffAsync(Roles.Staff);
        var patientId = Guid.Empty;
        var recordId = Guid.Empty;
        for (var i = 0; i < Rows; i++)
        {
            patientId = await clinic.People.AddChartAsync("Ann", $"Weight {i}");
            await clinic.People.AssignAsync(person, patientId);
            recordId = await clinic.People.AddRecordAsync(patientId, person);
        }

        await using var context = await PageContext.OfStaffAsync(clinic.Host, person);
        context.Services.AddCascadingAuthenticationState();
        context.Services.AddSingleton<IAuthorizationService, AllAllowed>();
        context.Services.AddSingleton(new ShellParts(typeof(FindPatient), typeof(OpenAlerts)));
        var shown = context.Render<MainLayout>(layout => layout.Add(value => value.Body, body =>
        {
            body.OpenComponent(0, page);
            if (page.GetProperty("Id") is { } id && id.GetCustomAttribute<ParameterAttribute>() is not null)
            {
                body.AddComponentParameter(1, "Id", page == typeof(RecordPage) ? recordId : patientId);
            }

            body.CloseComponent();
        }));

        await shown.WaitForElementAsync("main h1, main h2");
        await shown.WaitForAssertionAsync(() => Assert.Empty(shown.FindAll("[aria-busy=true]")));
        var parts = HeldText.ComponentsOf(context.Renderer).Select(part => part.GetType()).Where(IsOfTheLibrary).ToList();

        Assert.InRange(parts.Count, 1, Most);
    }

    private sealed class AllAllowed : IAuthorizationService
    {
        public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource,
            IEnumerable<IAuthorizationRequirement> requirements) =>
            Task.FromResult(AuthorizationResult.Success());

        public Task<AuthorizationResult> AuthorizeAsync(ClaimsPrincipal user, object? resource, string policyName) =>
            Task.FromResult(AuthorizationResult.Success());
    }

    private static bool IsOfTheLibrary(Type type) =>
        type.Assembly == typeof(MudLayout).Assembly || (type.BaseType is { } parent && IsOfTheLibrary(parent));

    private static bool OfStaff(Type page) =>
        page.GetCustomAttribute<AuthorizeAttribute>()?.Policy is { } policy
        && Enum.TryParse<Permission>(policy, out var permission)
        && Roles.Staff.Each().Any(role => AccessPolicy.Allows(role, permission));
}
