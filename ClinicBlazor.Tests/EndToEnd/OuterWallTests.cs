using System.Text.RegularExpressions;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The outer wall as it is met inside an open circuit.</summary>
public sealed partial class OuterWallTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    [Trait("Requirement", "S4-08")]
    [Trait("Requirement", "S4-09")]
    public async Task Search_ThatLooksLikeAnAttack_IsAnsweredAndLoggedUnderTheConnectionsRequest()
    {
        await using var app = await AppHost.StartAsync();
        await using var user = await ClinicUser.StaffAsync(browser, app, "reception@clinic.example");
        await user.GoToAsync("/patients");

        await user.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Name, birth date" }).FillAsync("' OR 1=1--");

        await Assertions.Expect(user.Page.GetByText("No patient matches")).ToBeVisibleAsync();
        await user.AssertAccessibleAsync();
        Assert.Matches(CircuitLine(), await app.ReadLogAsync());
        await user.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Name, birth date" }).FillAsync("O'Brien");
        await Assertions.Expect(user.Page.Locator("#patient-search-error")).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Requirement", "S2-07")]
    public async Task Administration_FromOutsideItsNetworks_IsNeitherShownNorReachedInACircuit()
    {
        await using var app = await AppHost.StartAsync(new Dictionary<string, string?> { [NetworkList.Administration] = "10.20.0.0/16" });
        await using var user = await ClinicUser.StaffAsync(browser, app, "admin@clinic.example");
        await Assertions.Expect(user.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" })).ToHaveCountAsync(0);

        await user.Page.EvaluateAsync("window.sameDocument = true; Blazor.navigateTo('/audit')");

        await Assertions.Expect(user.Page.GetByTestId("not-found")).ToBeVisibleAsync();
        Assert.True(await user.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        await Assertions.Expect(user.Page.GetByText("Verify chain")).ToHaveCountAsync(0);
    }

    // The id of the request that opened the circuit's connection.
    [GeneratedRegex(@"\[WRN\] [0-9a-f]{16} ClinicBlazor\.App\.Hosting\.Refusals\.AttackRecorder Input that looks like an attack",
        RegexOptions.NonBacktracking)]
    private static partial Regex CircuitLine();
}
