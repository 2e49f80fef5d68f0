using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The patients' pages on the screens that patients have.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "C-01")]
public sealed class PatientPagesTests(BrowserFixture browser, AppFixture app) : IClassFixture<AppFixture>
{
    private const int SmallestTarget = 44;
    private const int LargestPage = 150 * 1024;

    // A label is part of the target of the field inside it, and a card of the link that covers it.
    private const string SmallTargets = """
        smallest => [...document.querySelectorAll('main :is(a[href], button, input, textarea, summary), .top :is(a[href], button)')]
            .map(element => [element, (element.closest('label, .card') ?? element).getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < smallest || box.height < smallest))
            .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)
        """;

    [Theory]
    [InlineData(810, 1080, "en-US", false)]
    [InlineData(1080, 810, "es-ES", false)]
    [InlineData(1024, 1366, "es-ES", true)]
    [InlineData(390, 844, "en-US", true)]
    public async Task Pages_OnAScreen_HaveLargeTargetsAndNoFinding(int width, int height, string locale, bool largeText)
    {
        await using var patient = await OpenAsync("alice@patient.example", width, height, locale);
        await patient.GoToAsync("/records/new");
        await patient.Page.Locator("#problem").FillAsync("It hurts.");
        await patient.Page.Locator("#problem").BlurAsync();
        string[] paths = ["/", "/records/new", "/records/new?step=since", "/records/new?step=strength", "/records/new?step=betterorworse", "/records/new?step=review", "/records", "/account/access-history"];
        foreach (var path in paths)
        {
            await patient.GoToAsync(path);
            await patient.Page.Locator("h1").WaitForAsync();
            if (largeText)
            {
                await patient.Page.EvaluateAsync("const sheet = new CSSStyleSheet(); sheet.replaceSync('html:root { font-size: 250% }'); document.adoptedStyleSheets = [sheet]");
            }

            Assert.Empty(await patient.Page.EvaluateAsync<string[]>(SmallTargets, SmallestTarget));
            Assert.True(await patient.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than the screen.");
            await patient.AssertAccessibleAsync();
        }
    }

    [Fact]
    public async Task Page_WithoutTheClientScript_IsSmall()
    {
        await using var patient = await OpenAsync("bob@patient.example", 810, 1080, "en-US");
        var requests = new List<IRequest>();
        patient.Page.RequestFinished += (_, request) => requests.Add(request);

        await patient.GoToAsync("/");
        await patient.Page.Locator("h1").WaitForAsync();

        var sizes = await Task.WhenAll(requests.Where(request => !request.Url.Contains("blazor.web", StringComparison.Ordinal)).Select(request => request.SizesAsync()));
        Assert.InRange(sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize), 1, LargestPage);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Send_TappedTwice_MakesOneRecord()
    {
        await using var patient = await OpenAsync("carol@patient.example", 810, 1080, "en-US");
        await patient.GoToAsync("/records/new");
        await patient.Page.Locator("#problem").FillAsync("Twice tapped, once sent.");
        string[] titles = ["Since when?", "How strong is it?", "What makes it better or worse?", "Check your answers"];
        foreach (var title in titles)
        {
            await patient.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).TapAsync();
            await patient.Page.GetByRole(AriaRole.Heading, new() { Name = title }).WaitForAsync();
        }

        await patient.Page.GetByRole(AriaRole.Button, new() { Name = "Send to the clinic" }).DblClickAsync();

        await patient.Page.GetByTestId("sent").WaitForAsync();
        await patient.GoToAsync("/records");
        await Assertions.Expect(patient.Page.GetByText("Twice tapped, once sent.")).ToHaveCountAsync(1);
    }

    /// <summary>Somebody on a device of the given size whose sign-in is complete.</summary>
    private async Task<ClinicUser> OpenAsync(string email, int width, int height, string locale)
    {
        var user = await ClinicUser.OpenAsync(browser, app.Host.Address, width, height, touch: true, locale);
        await user.TakeSessionAsync(app.Host, email);
        return user;
    }
}
