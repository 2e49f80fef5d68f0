using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>Every page of the staff, in every colour scheme that a browser may ask for.</summary>
[Trait("Requirement", "C-01")]
public sealed class ColourSchemeTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    [Fact]
    public Task PagesOfStaff_InEachColourScheme_HaveNoFinding() =>
        StaffTour.GoAsync(browser, app.Host, user => user.AssertAccessibleInEachSchemeAsync());
}
