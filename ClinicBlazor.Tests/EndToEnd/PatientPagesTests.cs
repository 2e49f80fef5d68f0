using System.Collections.Concurrent;
using ClinicBlazor.Tests.Support;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>The patients' pages on the screens that patients have.</summary>
[Trait("Requirement", "C-01")]
public sealed class PatientPagesTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>, IClassFixture<AppFixture>
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
    [InlineData(810, 1080, "en-US", false, true)]
    [InlineData(1080, 810, "es-ES", false, false)]
    [InlineData(1024, 1366, "es-ES", true, false)]
    [InlineData(390, 844, "en-US", true, false)]
    public async Task Pages_OnAScreen_HaveLargeTargetsAndNoFinding(int width, int height, string locale, bool largeText, bool withAxe)
    {
        await using var patient = await OpenAsync("alice@patient.example", width, height, locale);
        await patient.GoToAsync("/records/new");
        await patient.Page.Locator("#symptoms").FillAsync("It hurts.");
        await patient.Page.Locator("#symptoms").BlurAsync();
        string[] paths = ["/", "/records/new", "/records/new?step=onset", "/records/new?step=severity",
            "/records/new?step=modifyingfactors", "/records/new?step=review", "/records", "/my/documents",
            "/account/access-history"];
        foreach (var path in paths)
        {
            await patient.GoToAsync(path);
            await patient.Page.Locator("h1").WaitForAsync();
            if (largeText)
            {
                await patient.Page.EvaluateAsync(
                    "const sheet = new CSSStyleSheet(); sheet.replaceSync('html:root { font-size: 250% }'); document.adoptedStyleSheets = [sheet]");
            }

            Assert.Empty(await patient.Page.EvaluateAsync<string[]>(SmallTargets, SmallestTarget));
            Assert.True(await patient.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                $"{path} is wider than the screen.");

            // What axe looks for does not change with the size, but for the targets and the width above.
            if (withAxe)
            {
                await patient.AssertAccessibleAsync();
            }
        }
    }

    [Fact]
    [Trait("Requirement", "C-04")]
    public async Task IdleWarning_Open_HasNoFinding()
    {
        await using var patient = await OpenAsync("alice@patient.example", 810, 1080, "en-US");
        await patient.GoToAsync("/");
        await patient.Page.Locator("h1").WaitForAsync();

        // By hand: where it opens by itself, the page may be left before all of it was looked at.
        await patient.Page.GetByTestId("idle-warning").EvaluateAsync("dialog => dialog.showModal()");

        await Assertions.Expect(patient.Page.GetByRole(AriaRole.Heading, new() { Name = "Are you still there?" })).ToBeVisibleAsync();
        await patient.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Page_WithoutTheClientScript_IsSmall()
    {
        await using var patient = await OpenAsync("bob@patient.example", 810, 1080, "en-US");
        var requests = new ConcurrentQueue<IRequest>();
        patient.Page.RequestFinished += (_, request) => requests.Enqueue(request);

        await patient.GoToAsync("/");
        await patient.Page.Locator("h1").WaitForAsync();

        var sizes = await Task.WhenAll(
            requests.Where(request => !request.Url.Contains("blazor.web", StringComparison.Ordinal))
            .Select(request => request.SizesAsync()));
        Assert.InRange(sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize), 1, LargestPage);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Send_TappedTwice_MakesOneRecord()
    {
        await using var patient = await OpenAsync("carol@patient.example", 810, 1080, "en-US");
        await patient.GoToAsync("/records/new");
        await patient.Page.Locator("#symptoms").FillAsync("Twice tapped, once sent.");
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
