using System.Security.Claims;
using Bunit;
using ClinicBlazor.App.Accounts;
using ClinicBlazor.App.Admin;
using ClinicBlazor.App.Audit;
using ClinicBlazor.App.Billing;
using ClinicBlazor.App.Documents;
using ClinicBlazor.App.Layout;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Records;
using ClinicBlazor.App.Security;
using ClinicBlazor.App.Visits;
using ClinicBlazor.Tests.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ClinicBlazor.Tests.Layout;

/// <summary>
/// Each of MudBlazor's components costs a circuit about five kilobytes, with a list that opens ten; plain markup next to
/// nothing. Rows of lists are plain markup, and this keeps anybody from putting components into them unseen.
/// </summary>
public sealed class StaffWeightTests(StaffWorlds worlds) : IClassFixture<StaffWorlds>
{
    private const int Most = 64;
    private const string Rows = "main :is(tbody > tr, li, [data-testid=own-sessions] > *)";

    // Forms, and what is the patients' own: nothing on them is as long as the clinic has things of it.
    private static readonly Type[] WithoutRows =
        [typeof(AccountPage), typeof(MyDocumentsPage), typeof(NewRecordPage), typeof(PatientRegisterPage)];

    public static TheoryData<Type> Pages => [.. StaffPages.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OfStaff_HoldsFewComponentsOfTheLibraryHoweverManyRowsItHas(Type page)
    {
        var (few, many) = (await CountAsync(worlds.Few, page), await CountAsync(worlds.Many, page));

        Assert.InRange(many.Parts, 1, Most);
        Assert.Equal(few.Parts, many.Parts);
        if (!WithoutRows.Contains(page))
        {
            Assert.InRange(many.Rows - few.Rows, StaffWorlds.ManyRows - StaffWorlds.FewRows, int.MaxValue);
        }
    }

    /// <summary>How many of the library's components a page holds, and how many rows stand on it.</summary>
    private static async Task<(int Parts, int Rows)> CountAsync(StaffWorld world, Type page)
    {
        await using var context = await PageContext.OfStaffAsync(world.Host, world.Person);
        context.Services.AddCascadingAuthenticationState();
        context.Services.AddSingleton<IAuthorizationService, AllAllowed>();
        context.Services.AddSingleton(new ShellParts(typeof(FindPatient), typeof(OpenAlerts)));
        context.GoTo(page == typeof(AuditPage) ? $"/audit?act={StaffWorld.ListedAct}"
            : page == typeof(AccountsPage) ? $"/admin/accounts?q={StaffWorld.ListedName}" : "/");
        var shown = context.Render<MainLayout>(layout => layout.Add(value => value.Body, body =>
        {
            body.OpenComponent(0, page);
            if (StaffPages.RoutesOf(page).Any(route => route.Contains("{Id", StringComparison.Ordinal)))
            {
                body.AddComponentParameter(1, "Id", page == typeof(RecordPage) ? world.RecordId
                    : page == typeof(VisitPage) || page == typeof(ReceiptPage) ? world.VisitId : world.PatientId);
            }

            body.CloseComponent();
        }));

        await shown.WaitForElementAsync("main h1, main h2");
        await shown.WaitForAssertionAsync(() => Assert.Empty(shown.FindAll("[aria-busy=true]")));

        // What is the patients' own says to the staff that it is not there.
        Assert.Equal(page == typeof(MyDocumentsPage), shown.FindAll("[data-testid=not-found]").Count > 0);
        if (!WithoutRows.Contains(page))
        {
            await shown.WaitForElementAsync(Rows);
        }

        return (HeldText.ComponentsOf(context.Renderer).Count(part => IsOfTheLibrary(part.GetType())),
            shown.FindAll(Rows).Count);
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
}
