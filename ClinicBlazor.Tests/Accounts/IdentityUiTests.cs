using System.Net;
using System.Text.RegularExpressions;
using ClinicBlazor.App.Composition;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.AspNetCore.Routing;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The pages of the package with Identity's default UI: each is overridden by ours, or does not exist.</summary>
[Trait("Requirement", "S0-05")]
public sealed partial class IdentityUiTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string PageKind = "mvc.1.0.razor-page";

    /// <summary>What has become of each page of the package, by its address under <c>/Identity</c>.</summary>
    private static readonly Dictionary<string, bool> IsOverridden = new()
    {
        ["/Account/ForgotPassword"] = true,
        ["/Account/ForgotPasswordConfirmation"] = true,
        ["/Account/Login"] = true,
        ["/Account/LoginWith2fa"] = true,
        ["/Account/LoginWithRecoveryCode"] = true,
        ["/Account/Logout"] = true,
        ["/Account/Manage/ChangePassword"] = true,
        ["/Account/Manage/Disable2fa"] = true,
        ["/Account/Manage/EnableAuthenticator"] = true,
        ["/Account/Manage/GenerateRecoveryCodes"] = true,
        ["/Account/Manage/Index"] = true,
        ["/Account/Manage/TwoFactorAuthentication"] = true,
        ["/Account/Register"] = true,
        ["/Account/RegisterConfirmation"] = true,
        ["/Account/ResetPassword"] = true,

        // The answer is a page of every address, whichever one was refused.
        ["/Account/AccessDenied"] = false,
        ["/Error"] = false,

        // A link that is opened and a password that is chosen confirm the address; it does not change.
        ["/Account/ConfirmEmail"] = false,
        ["/Account/ConfirmEmailChange"] = false,
        ["/Account/ResendEmailConfirmation"] = false,
        ["/Account/ResetPasswordConfirmation"] = false,
        ["/Account/Manage/Email"] = false,
        ["/Account/Manage/SetPassword"] = false,

        // It would tell a locked account from a wrong password.
        ["/Account/Lockout"] = false,

        // An administrator takes a second factor away; new codes are shown in the answer that made them.
        ["/Account/Manage/ResetAuthenticator"] = false,
        ["/Account/Manage/ShowRecoveryCodes"] = false,

        // A clinic's records are kept, and handed out by the clinic; nobody else vouches for a sign-in.
        ["/Account/Manage/PersonalData"] = false,
        ["/Account/Manage/DeletePersonalData"] = false,
        ["/Account/Manage/DownloadPersonalData"] = false,
        ["/Account/ExternalLogin"] = false,
        ["/Account/Manage/ExternalLogins"] = false,
    };

    /// <summary>The addresses, as the package's compiled pages have them.</summary>
    public static TheoryData<string> Pages => [.. PagesOf(typeof(IdentityBuilderUIExtensions).Assembly)];

    [Fact]
    public void Pages_OfThePackage_AreEachKnown() =>
        Assert.Equal(IsOverridden.Keys.Order(StringComparer.Ordinal),
            PagesOf(typeof(IdentityBuilderUIExtensions).Assembly).Order(StringComparer.Ordinal));

    [Fact]
    public void Pages_ThatAreOverridden_AreOurs() =>
        Assert.Equal(
            IsOverridden.Where(page => page.Value).Select(page => page.Key).Order(StringComparer.Ordinal),
            PagesOf(typeof(ClinicHost).Assembly).Intersect(IsOverridden.Keys).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OfThePackage_IsOursOrDoesNotExist(string page)
    {
        using var stranger = app.Host.NewVisitor();
        using var patient = await app.Host.NewVisitorAsync(await app.Host.AddPersonAsync(Roles.Patient));

        using var toStranger = await stranger.GetAsync($"/Identity{page}");
        using var toPatient = await patient.GetAsync($"/Identity{page}");
        using var sent = await patient.PostAsync($"/Identity{page}", []);
        using var nowhere = await patient.PostAsync("/Identity/Account/NoSuchPage", []);

        Assert.Equal(!IsOverridden[page], toStranger.StatusCode == HttpStatusCode.NotFound);
        Assert.Equal(!IsOverridden[page], toPatient.StatusCode == HttpStatusCode.NotFound);
        Assert.True(IsOverridden[page] || sent.StatusCode == nowhere.StatusCode, $"{sent.StatusCode}");
        var body = await toPatient.Content.ReadAsStringAsync();
        Assert.DoesNotContain("bootstrap", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("PersonalData", body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Views_OfThePackage_FrameNoPageOfOurs()
    {
        var views = new ViewsFeature();
        app.Host.Get<ApplicationPartManager>().PopulateFeature(views);

        Assert.NotEmpty(views.ViewDescriptors);
        Assert.DoesNotContain(views.ViewDescriptors, view => view.Type?.Assembly == typeof(IdentityBuilderUIExtensions).Assembly);
    }

    [Fact]
    public void Endpoints_InTheArea_AreOurPagesAndNoFiles()
    {
        var addresses = app.Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(address => address.StartsWith("Identity", StringComparison.OrdinalIgnoreCase)).ToList();
        var ours = PagesOf(typeof(ClinicHost).Assembly).Select(page => $"Identity{page}").ToList();

        Assert.NotEmpty(addresses);
        Assert.All(addresses,
            address => Assert.Contains(ours,
            page => address == page || address.StartsWith($"{page}/", StringComparison.Ordinal) || $"{address}/Index" == page));
    }

    [Fact]
    public async Task ManageIndex_OfWhoeverIsSignedIn_LeadsToMyAccount()
    {
        using var patient = await app.Host.NewVisitorAsync(await app.Host.AddPersonAsync(Roles.Patient));

        using var answer = await patient.GetAsync("/Identity/Account/Manage");

        Assert.Equal("/account", answer.Headers.Location!.OriginalString);
    }

    private static IEnumerable<string> PagesOf(System.Reflection.Assembly assembly) =>
        new RazorCompiledItemLoader().LoadItems(assembly).Where(item => item.Kind == PageKind)
            .Select(item => Address().Match(item.Identifier).Groups["page"].Value).Distinct();

    // The package holds its pages once for each version of Bootstrap.
    [GeneratedRegex(@"^/Areas/Identity/Pages(/V\d+)?(?<page>/.*)\.cshtml$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
