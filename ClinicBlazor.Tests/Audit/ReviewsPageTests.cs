using Bunit;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The monthly reviews on their page.</summary>
[Trait("Requirement", "S4-11")]
public sealed class ReviewsPageTests : IAsyncLifetime
{
    private DomainHost host = null!;

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.ArrangeAsync(db => host.Get<AuditTrail>().Add(db, Actor.Anonymous(TestPeople.Client),
            new AuditTrace(AuditAct.AttackInputSeen), AuditOutcome.Denied, host.Clock.Now()));
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Page_OfAClinicInItsFirstMonth_SaysThatNoneIsOver()
    {
        await using var context = await OpenAsync();

        Assert.Contains("No month is over yet", (await context.Render<ReviewsPage>().WaitForElementAsync("h2, .empty")).TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_OfAMonth_LeadToTheEntriesBehindThem()
    {
        host.Clock.Advance(TimeSpan.FromDays(31));
        await using var context = await OpenAsync();
        var page = context.Render<ReviewsPage>();

        var link = await page.WaitForElementAsync("[data-figure=AttackInput] a");

        Assert.Equal("/audit?from=2026-03-01&to=2026-03-31&act=AttackInputSeen", link.GetAttribute("href"));
        Assert.Equal("/audit?from=2026-03-01&to=2026-03-31&outcome=Denied",
            page.Find("[data-figure=Denials] a").GetAttribute("href"));
        Assert.Empty(page.FindAll("[data-figure=ChartReads] a"));
        Assert.Contains("to sign off", page.Find("[data-month='2026-03']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-02")]
    public async Task SignOff_WithAnOldProof_AsksForANewOneAndShowsWhoSignedWhatAndWhen()
    {
        host.Clock.Advance(TimeSpan.FromDays(31));
        await using var context = await OpenAsync();
        var page = context.Render<ReviewsPage>();
        await page.WaitForElementAsync("#review-note");
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        await page.Find("#review-note").InputAsync("All looked through.");
        _ = page.InvokeAsync(() => page.Find("form").SubmitAsync());
        await context.Dialogs.WaitForElementAsync("#step-up-proof");
        await context.ProveAsync();

        Assert.Contains("Person 1", (await page.WaitForElementAsync("[data-testid=signed]")).TextContent, StringComparison.Ordinal);
        Assert.Equal("All looked through.", page.Find("[data-testid=note]").TextContent);
        Assert.Contains("Signed off", page.Find("[data-month='2026-03']").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#review-note"));
    }

    [Fact]
    public async Task SignOff_ThatAnotherAdministratorHasDoneMeanwhile_SaysSoAndShowsTheirs()
    {
        host.Clock.Advance(TimeSpan.FromDays(31));
        await using var context = await OpenAsync();
        var page = context.Render<ReviewsPage>();
        await page.WaitForElementAsync("#review-note");
        var other = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        Assert.True((await host.Get<AuditReviewService>().SignOffAsync(other, new DateOnly(2026, 3, 1), "Mine.", default)).IsSuccess);

        await page.Find("#review-note").InputAsync("Two denials to be looked into.");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        await page.WaitForElementAsync("[role=alert]");
        Assert.Equal("Mine.", (await page.WaitForElementAsync("[data-testid=note]")).TextContent);
        Assert.Equal("Two denials to be looked into.", page.Find("[data-testid=unkept]").TextContent);
    }

    [Theory]
    [InlineData("2026-04")]
    [InlineData("never")]
    public async Task Page_OfAMonthThatIsNotOverOrNone_SaysSo(string month)
    {
        host.Clock.Advance(TimeSpan.FromDays(31));
        await using var context = await OpenAsync();
        context.GoTo($"/audit/reviews?month={month}");

        var page = context.Render<ReviewsPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("This month is not over", page.Find("h2").TextContent,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audit_WithMonthsToSignOff_SaysHowMany()
    {
        host.Clock.Advance(TimeSpan.FromDays(62));
        await using var context = await OpenAsync();

        var page = context.Render<AuditPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("2 to sign off", page.Find("[data-testid=reviews]").TextContent,
            StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "S2-14")]
    public async Task Kept_WhenItIsOpened_SaysHowLongAndWhichArchivesThereAre()
    {
        await using var context = await OpenAsync();
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("[data-testid=kept]");
        Assert.Empty(page.FindAll("[data-testid=fingerprint]"));

        await page.Find("[data-testid=kept]").TriggerEventAsync("ontoggle", EventArgs.Empty);

        var shown = await page.WaitForElementAsync("[data-testid=fingerprint]");
        Assert.Equal(64, shown.TextContent.Length);
        Assert.Contains("7 years", page.Find("[data-testid=kept]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid=no-archive]"));
        await host.ArrangeAsync(db => db.Set<Domain.Audit.Archives.AuditArchive>().Add(new Domain.Audit.Archives.AuditArchive
        {
            Number = 1, FileName = "audit-1-9.jsonl", FirstSequence = 1, LastSequence = 9, Entries = 9, Digest = [1], FileSha256 = [1],
            MadeAt = host.Clock.Now(),
        }));
        var again = context.Render<AuditPage>();
        await (await again.WaitForElementAsync("[data-testid=kept]")).TriggerEventAsync("ontoggle", EventArgs.Empty);

        Assert.Contains("audit-1-9.jsonl", (await again.WaitForElementAsync("[data-archive='1']")).TextContent, StringComparison.Ordinal);
    }

    private async Task<PageContext> OpenAsync() =>
        await PageContext.OfStaffAsync(host, await host.People.AddStaffAsync(Roles.Administrator));
}
