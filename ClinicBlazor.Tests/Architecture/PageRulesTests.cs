using System.Reflection;
using ClinicBlazor.App.Audit;
using ClinicBlazor.App.Composition;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>Rules that every page and component keeps, so that nobody has to remember them.</summary>
public sealed class PageRulesTests
{
    // Pages that anybody may open; each holds nothing of anybody.
    private static readonly string[] Anonymous = ["/not-found", "/signed-out", "/error"];

    // A component asks services; these would be a way round them.
    private static readonly string[] NotForComponents = ["DbContext", "UserManager", "SignInManager", "ClinicGate",
        nameof(IHttpContextAccessor)];

    // One act that runs beside the circuit holds its actor until it is done.
    private static readonly string[] HoldForOneAct = [nameof(ChainCheck)];

    private static readonly Assembly App = typeof(ClinicHost).Assembly;

    public static TheoryData<Type> Pages => [.. App.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any())];

    public static TheoryData<Type> Components =>
        [.. App.GetTypes().Where(type => typeof(IComponent).IsAssignableFrom(type) && !type.IsAbstract)];

    public static TheoryData<Type> RazorPages =>
        [.. App.GetTypes().Where(type => typeof(PageModel).IsAssignableFrom(type) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Pages))]
    [Trait("Requirement", "S4-01")]
    public void Page_EachOne_NamesItsPermissionOrIsOnTheAnonymousList(Type page)
    {
        var routes = page.GetCustomAttributes<RouteAttribute>().Select(route => route.Template).ToList();
        if (page.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
        {
            Assert.All(routes, route => Assert.Contains(route.Split('/', '{') is [_, var first, ..] ? "/" + first : route, Anonymous));
            return;
        }

        var policy = Assert.Single(page.GetCustomAttributes<AuthorizeAttribute>()).Policy;
        Assert.True(policy is null ? routes is ["/"] : Enum.TryParse<Permission>(policy, out _), $"{page.Name} names no permission.");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [Trait("Requirement", "S1-04")]
    public void Page_WithAnIdInItsAddress_IsGuardedBeforeItIsSent(Type page)
    {
        if (page.GetCustomAttributes<RouteAttribute>().Any(route => route.Template.Contains(":guid", StringComparison.Ordinal)))
        {
            Assert.NotNull(page.GetCustomAttribute<GuardedPageAttribute>());
        }
    }

    [Theory]
    [MemberData(nameof(Components))]
    [Trait("Requirement", "C-02")]
    [Trait("Requirement", "S4-01")]
    public void Component_EachOne_ReachesDataThroughServicesOnly(Type component)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var held = component.GetProperties(All).Select(property => property.PropertyType)
            .Concat(component.GetFields(All).Select(field => field.FieldType))
            .Concat(component.GetConstructors(All)
                .SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType)));

        Assert.DoesNotContain(held, type => Array.Exists(NotForComponents, name => type.Name.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Components))]
    [Trait("Requirement", "S4-01")]
    public void Component_EachOne_KeepsNoActor(Type component)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

        Assert.DoesNotContain(component.GetFields(All), field => field.FieldType == typeof(Actor));
        Assert.DoesNotContain(component.GetProperties(All), property => property.PropertyType == typeof(Actor));
    }

    [Theory]
    [MemberData(nameof(Components))]
    [Trait("Requirement", "S4-01")]
    public void Closure_OfEachComponent_KeepsNoActor(Type component)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var closures = component.GetNestedTypes(BindingFlags.NonPublic)
            .Where(type => type.Name.Contains("DisplayClass", StringComparison.Ordinal) && !HoldForOneAct.Contains(component.Name));

        Assert.DoesNotContain(closures.SelectMany(closure => closure.GetFields(All)), field => field.FieldType == typeof(Actor));
    }

    [Theory]
    [MemberData(nameof(RazorPages))]
    [Trait("Requirement", "S4-01")]
    public void AccountPage_EachOne_SaysWhoMayOpenIt(Type page) =>
        Assert.True(
            page.GetCustomAttribute<AllowAnonymousAttribute>() is not null || page.GetCustomAttribute<AuthorizeAttribute>() is not null,
            $"{page.Name} says neither.");

    [Fact]
    [Trait("Requirement", "S4-01")]
    public void AccountPages_ForAnybody_AreThoseOfSigningIn() =>
        Assert.Equal(
            [
                "ForgotPasswordConfirmationModel", "ForgotPasswordModel", "LoginModel", "LoginWith2faModel", "LoginWithRecoveryCodeModel",
                "LogoutModel", "RegisterConfirmationModel", "RegisterModel", "ResetPasswordModel", "SignedOutModel",
            ],
            App.GetTypes().Where(type => typeof(PageModel).IsAssignableFrom(type) && !type.IsAbstract
                && type.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
                .Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    [Trait("Requirement", "S0-04")]
    public void Markup_EverySource_HoldsNoRawHtmlAndNoInlineScriptOrStyle()
    {
        foreach (var file in Sources(".razor", ".cshtml", ".cs"))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("MarkupString", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Html.Raw", text, StringComparison.Ordinal);
            Assert.DoesNotContain("AddMarkupContent", text, StringComparison.Ordinal);
            if (!file.EndsWith(".cs", StringComparison.Ordinal))
            {
                Assert.DoesNotContain(" style=\"", text, StringComparison.Ordinal);
                Assert.DoesNotContain(" onclick=\"", text, StringComparison.Ordinal);
                Assert.DoesNotContain("javascript:", text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public void Field_OfEveryComponent_IsBound()
    {
        // A value that is set by hand comes back a moment later, over what was typed since; a binding leaves it where it is.
        Assert.All(Sources(".razor"), file => Assert.DoesNotContain("@oninput", File.ReadAllText(file), StringComparison.Ordinal));
    }

    internal static IEnumerable<string> Sources(params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "ClinicBlazor.App"), "*", SearchOption.AllDirectories)
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "wwwroot" or "App_Data"));
}
