using Bunit;
using ClinicBlazor.App.Billing;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What is open, in a list for the front desk.</summary>
[Trait("Requirement", "S2-09")]
public sealed class BillingPageTests : IAsyncLifetime
{
    private const int PageSize = 25;

    // Of each test its own: what another one leaves open would stand before what this one lists.
    private DomainHost? host;

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Page_OfWhatIsOpen_IsOldestFirstWithoutWhatIsSettledAndStaysAsTheLedgersAre()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        var (oldest, settled) = (await CheckInAsync(acts), await CheckInAsync(acts));
        var (owedBack, newest) = (await CheckInAsync(acts), await CheckInAsync(acts));
        await acts.PayAsync(settled, BillingFixtureActs.Fee);
        await acts.PayAsync(owedBack, BillingFixtureActs.Fee);
        await acts.ReverseAsync(owedBack, (await acts.BillAsync(owedBack)).Lines[0].Id);
        await using var context = await ContextAsync(await Host.People.AddStaffAsync(Roles.Reception));

        var page = await OpenAsync(context);

        Assert.Equal([oldest.VisitId, owedBack.VisitId, newest.VisitId], RowsOf(page));
        Assert.Equal(("$40.00", "$40.00 to give back"), (OpenOf(page, newest), OpenOf(page, owedBack)));
        Assert.Equal($"/visits/{newest.VisitId}", page.Find($"[data-visit-id='{newest.VisitId}'] a").GetAttribute("href"));

        Assert.True((await acts.PayAsync(oldest, BillingFixtureActs.Fee)).IsSuccess);

        await page.WaitForAssertionAsync(() => Assert.Equal([owedBack.VisitId, newest.VisitId], RowsOf(page)));
    }

    [Fact]
    public async Task Page_OfAVisitThatIsStopped_SaysThatItIsUnpaidOnceThePatientHasGone()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        var (here, gone) = (await CheckInAsync(acts), await CheckInAsync(acts));
        await acts.DoAsync(gone, VisitAct.Finish, gone.Desk);
        await using var context = await ContextAsync(await Host.People.AddStaffAsync(Roles.Reception));

        var page = await OpenAsync(context);

        Assert.Equal(("Stopped", "Unpaid"), (StateOf(page, here), StateOf(page, gone)));
    }

    [Fact]
    public async Task Page_MoreThanFitsOne_GoesOnThroughTheAddress()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        var made = new List<Guid>();
        for (var i = 0; i < PageSize + 5; i++)
        {
            made.Add((await CheckInAsync(acts)).VisitId);
        }

        await using var context = await ContextAsync(await Host.People.AddStaffAsync(Roles.Reception));
        var page = await OpenAsync(context);
        Assert.Equal(made.Take(PageSize), RowsOf(page));

        context.GoTo(page.Find(".pager a[href*='after=']").GetAttribute("href")!);

        await page.WaitForAssertionAsync(() => Assert.Equal(made.Skip(PageSize), RowsOf(page)));
        Assert.Equal("/billing", page.Find(".pager a").GetAttribute("href"));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Page_ThatReadsTheSamePeopleAgain_IsNoFurtherEntryAndOneOfSomebodyElseIs()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        var visit = await CheckInAsync(acts);
        var reception = await Host.People.AddStaffAsync(Roles.Reception);
        await using var context = await ContextAsync(reception);
        var page = await OpenAsync(context);
        Assert.Equal("$40.00", OpenOf(page, visit));
        Assert.Equal(1, await LooksAsync(reception));

        await acts.PayAsync(visit, "10.00");
        await page.WaitForAssertionAsync(() => Assert.Equal("$30.00", OpenOf(page, visit)));
        Assert.Equal(1, await LooksAsync(reception));

        var other = await CheckInAsync(acts);
        await page.WaitForAssertionAsync(() => Assert.Equal([visit.VisitId, other.VisitId], RowsOf(page)));
        Assert.Equal(2, await LooksAsync(reception));
    }

    [Theory]
    [Trait("Requirement", "S4-01")]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Administrator)]
    public async Task Page_OfAnybodyButReception_IsNotThere(Roles role)
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        await CheckInAsync(acts);
        await using var context = await ContextAsync(await Host.People.AddStaffAsync(role));

        var page = await OpenAsync(context, "[data-testid=not-found]");

        Assert.Empty(RowsOf(page));
    }

    private static IEnumerable<Guid> RowsOf(IRenderedComponent<BillingPage> page) =>
        page.FindAll("[data-testid=open-balance]").Select(row => Guid.Parse(row.GetAttribute("data-visit-id")!));

    private static string OpenOf(IRenderedComponent<BillingPage> page, BilledVisit visit) =>
        page.Find($"[data-visit-id='{visit.VisitId}'] .r").TextContent.Trim();

    // The fifth of the row's cells.
    private static string StateOf(IRenderedComponent<BillingPage> page, BilledVisit visit) =>
        page.FindAll($"[data-visit-id='{visit.VisitId}'] > *")[4].TextContent.Trim();

    private static async Task<IRenderedComponent<BillingPage>> OpenAsync(PageContext context, string shown = "h1")
    {
        context.GoTo("/billing");
        var page = context.Render<BillingPage>();
        await page.WaitForElementAsync(shown);
        return page;
    }

    private async Task<PageContext> ContextAsync(TestPerson person)
    {
        var context = await PageContext.OfStaffAsync(Host, person);
        context.Services.AddSingleton<TimeProvider>(Host.Clock);
        return context;
    }

    private async Task<BilledVisit> CheckInAsync(BillingFixtureActs acts)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        return await acts.CheckInAsync();
    }

    private async Task<int> LooksAsync(TestPerson person)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>()
            .CountAsync(entry => entry.AccountId == person.AccountId && entry.Act == AuditAct.BalancesListed);
    }
}
