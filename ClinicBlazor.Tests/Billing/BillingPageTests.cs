using Bunit;
using ClinicBlazor.App.Billing;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What is open, in a list for the front desk.</summary>
[Trait("Requirement", "S2-09")]
public sealed class BillingPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const int PageSize = 25;

    [Fact]
    public async Task Page_OfWhatIsOpen_IsNewestFirstWithoutWhatIsSettledAndStaysAsTheLedgersAre()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var (oldest, settled) = (await CheckInAsync(acts), await CheckInAsync(acts));
        var (owedBack, newest) = (await CheckInAsync(acts), await CheckInAsync(acts));
        await acts.PayAsync(settled, BillingFixtureActs.Fee);
        await acts.PayAsync(owedBack, BillingFixtureActs.Fee);
        await acts.ReverseAsync(owedBack, (await acts.BillAsync(owedBack)).Lines[0].Id);
        await using var context = await ContextAsync(await clinic.People.AddStaffAsync(Roles.Reception));

        var page = await OpenAsync(context);

        Assert.Equal([newest.VisitId, owedBack.VisitId, oldest.VisitId], RowsOf(page).Take(3));
        Assert.DoesNotContain(settled.VisitId, RowsOf(page));
        Assert.Equal(("$40.00", "$40.00 to give back"), (OpenOf(page, newest), OpenOf(page, owedBack)));
        Assert.Equal($"/visits/{newest.VisitId}", page.Find($"[data-visit-id='{newest.VisitId}'] a").GetAttribute("href"));

        Assert.True((await acts.PayAsync(newest, BillingFixtureActs.Fee)).IsSuccess);

        await page.WaitForAssertionAsync(() => Assert.DoesNotContain(newest.VisitId, RowsOf(page)));
        Assert.Equal([owedBack.VisitId, oldest.VisitId], RowsOf(page).Take(2));
    }

    [Fact]
    public async Task Page_MoreThanFitsOne_GoesOnThroughTheAddress()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var made = new List<Guid>();
        for (var i = 0; i < PageSize + 5; i++)
        {
            made.Insert(0, (await CheckInAsync(acts)).VisitId);
        }

        await using var context = await ContextAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        var page = await OpenAsync(context);
        Assert.Equal(made.Take(PageSize), RowsOf(page));

        context.GoTo(page.Find(".pager a[href*='after=']").GetAttribute("href")!);

        await page.WaitForAssertionAsync(() => Assert.Equal(made.Skip(PageSize), RowsOf(page).Take(5)));
        Assert.Equal("/billing", page.Find(".pager a").GetAttribute("href"));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Page_ThatReadsTheSamePeopleAgain_IsNoFurtherEntryAndOneOfSomebodyElseIs()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        var visit = await CheckInAsync(acts);
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await using var context = await ContextAsync(reception);
        var page = await OpenAsync(context);
        Assert.Equal("$40.00", OpenOf(page, visit));
        Assert.Equal(1, await LooksAsync(reception));

        await acts.PayAsync(visit, "10.00");
        await page.WaitForAssertionAsync(() => Assert.Equal("$30.00", OpenOf(page, visit)));
        Assert.Equal(1, await LooksAsync(reception));

        var other = await CheckInAsync(acts);
        await page.WaitForAssertionAsync(() => Assert.Equal(other.VisitId, RowsOf(page).First()));
        Assert.Equal(2, await LooksAsync(reception));
    }

    [Theory]
    [Trait("Requirement", "S4-01")]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Administrator)]
    public async Task Page_OfAnybodyButReception_IsNotThere(Roles role)
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        await CheckInAsync(acts);
        await using var context = await ContextAsync(await clinic.People.AddStaffAsync(role));

        var page = await OpenAsync(context, "[data-testid=not-found]");

        Assert.Empty(RowsOf(page));
    }

    private static IEnumerable<Guid> RowsOf(IRenderedComponent<BillingPage> page) =>
        page.FindAll("[data-testid=open-balance]").Select(row => Guid.Parse(row.GetAttribute("data-visit-id")!));

    private static string OpenOf(IRenderedComponent<BillingPage> page, BilledVisit visit) =>
        page.Find($"[data-visit-id='{visit.VisitId}'] .r").TextContent.Trim();

    private static async Task<IRenderedComponent<BillingPage>> OpenAsync(PageContext context, string shown = "h1")
    {
        context.GoTo("/billing");
        var page = context.Render<BillingPage>();
        await page.WaitForElementAsync(shown);
        return page;
    }

    private async Task<PageContext> ContextAsync(TestPerson person)
    {
        var context = await PageContext.OfStaffAsync(clinic.Host, person);
        context.Services.AddSingleton<TimeProvider>(clinic.Host.Clock);
        return context;
    }

    private async Task<BilledVisit> CheckInAsync(BillingFixtureActs acts)
    {
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        return await acts.CheckInAsync();
    }

    private async Task<int> LooksAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<AuditEntry>()
            .CountAsync(entry => entry.AccountId == person.AccountId && entry.Act == AuditAct.BalancesListed);
    }
}
