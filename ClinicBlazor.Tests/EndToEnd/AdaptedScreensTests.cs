using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>Pages as those have them who need them larger, on a phone, or in colours of their own.</summary>
[Trait("Requirement", "C-01")]
public sealed class AdaptedScreensTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
{
    private const string TooWide = """
        () => [document.documentElement, ...document.querySelectorAll('.table-wrap')].some(part => part.scrollWidth > part.clientWidth)
        """;

    // The desk, a tablet held upright, and a phone.
    private static readonly (int Width, int Height)[] Screens = [(1366, 768), (810, 1080), (390, 844)];

    [Fact]
    public Task PagesOfStaff_InSpanishOnEachScreen_NeedNoScrollingSidewaysAndHaveNoFinding() => StaffTour.GoAsync(
        browser, app.Host, LookOnEachScreenAsync, "es-ES", touch: true);

    [Theory]
    [InlineData(390, 844)]
    [InlineData(683, 384)]
    public async Task RecordsToDiagnose_OnAPhoneAndAtTwiceTheSize_NeedNoScrollingSideways(int width, int height)
    {
        await using var doctor = await OpenAsync("dr.adams@clinic.example", width, height);
        foreach (var path in (string[])["/records/waiting", "/records"])
        {
            await doctor.GoToAsync(path);
            await doctor.Page.Locator("tbody tr").First.WaitForAsync();

            Assert.False(await doctor.Page.EvaluateAsync<bool>(TooWide), path);
            var side = (await doctor.Page.Locator(".side").BoundingBoxAsync())!;
            Assert.InRange(side.Height, 1, 120);
            await doctor.AssertAccessibleAsync();
        }
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(810, 1080)]
    public async Task OwnAccount_OfStaff_IsReachedByTouch(int width, int height)
    {
        await using var nurse = await OpenAsync("nurse@clinic.example", width, height, touch: true);
        await nurse.GoToAsync("/patients");
        var mark = (await nurse.Page.Locator(".me-mark").BoundingBoxAsync())!;

        await nurse.Page.Touchscreen.TapAsync(mark.X + (mark.Width / 2), mark.Y + (mark.Height / 2));

        await Assertions.Expect(nurse.Page).ToHaveURLAsync(new Uri(app.Host.Address, "/account").ToString());
    }

    [Fact]
    public async Task Questions_InForcedColours_KeepTheirProgressAndTheirWarning()
    {
        await using var alice = await OpenAsync("alice@patient.example", 810, 1080);
        await alice.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await alice.GoToAsync("/records/new");
        var (progress, warning) = (alice.Page.Locator("progress"), alice.Page.Locator(".note--warn"));
        await warning.WaitForAsync();

        Assert.NotEqual("none", await warning.EvaluateAsync<string>("note => getComputedStyle(note).borderTopStyle"));
        Assert.Equal("solid", await progress.EvaluateAsync<string>("bar => getComputedStyle(bar).borderTopStyle"));

        // The filled part keeps the colour that the stylesheet gives it, which the browser would paint like the page otherwise.
        Assert.Equal("none", await progress.EvaluateAsync<string>("bar => getComputedStyle(bar).forcedColorAdjust"));
    }

    private static async Task LookOnEachScreenAsync(ClinicUser user)
    {
        await Assertions.Expect(user.Page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await user.AssertAccessibleAsync();
        foreach (var (width, height) in Screens)
        {
            await user.Page.SetViewportSizeAsync(width, height);
            var wide = await user.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= width, $"{user.Page.Url} is {wide} wide on a screen of {width}.");
        }

        await user.Page.SetViewportSizeAsync(Screens[0].Width, Screens[0].Height);
    }

    private async Task<ClinicUser> OpenAsync(string email, int width, int height, bool touch = false)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, width, height, touch);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }
}
