using Bunit;
using ClinicBlazor.App.Billing;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What a visit cost and what was paid, for paper.</summary>
[Trait("Requirement", "S2-09")]
public sealed class ReceiptPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Receipt = "[data-testid=receipt]";
    private const string Agreed = "[data-testid=receipt-agreed]";
    private const string NotFound = "[data-testid=not-found]";

    [Fact]
    public async Task Receipt_OfAVisit_ShowsWhatIsAboutMoneyAndWhatIsOpen()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PayAsync(visit, "15.00");
        await acts.DeferAsync(visit);
        await acts.WaiveAsync(visit, "5.00");
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visit.VisitId);

        Assert.Equal(["1. Price of CONS|$40.00|", "2. Payment in cash||$15.00", "4. Waiver of $5.00||"], LinesOf(page, "tbody"));
        Assert.Equal(["Total|$40.00|$15.00", "Waived|-$5.00", "Open|$20.00"], LinesOf(page, "tfoot"));
        Assert.Equal("$20.00", page.Find("[data-testid=receipt-open]").TextContent.Trim());
        Assert.Equal($"Receipt, invoice no. {(await acts.BillAsync(visit)).InvoiceNumber}", page.Find("h1").TextContent.Trim());
        Assert.Contains("3. Payment put off until", page.Find(Agreed).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_WhileNothingWasPaid_IsAStatement()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.PlanAsync(visit, parts: 2);
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visit.VisitId);

        Assert.Equal($"Statement, invoice no. {(await acts.BillAsync(visit)).InvoiceNumber}", page.Find("h1").TextContent.Trim());
        Assert.Equal(["Total|$40.00|$0.00", "Open|$40.00"], LinesOf(page, "tfoot"));
        Assert.Equal(2, page.FindAll($"{Agreed} ol li").Count);
    }

    [Fact]
    public async Task Receipt_OfWhatWasAgreedAndWithdrawn_SaysNothingOfIt()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.WithdrawAsync(visit, (await acts.DeferAsync(visit)).Value);
        var waiver = (await acts.WaiveAsync(visit, "5.00")).Value;
        await acts.EndWaiverAsync(visit, waiver);
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visit.VisitId);

        Assert.Empty(page.FindAll(Agreed));
        Assert.Equal(["1. Price of CONS|$40.00|", "4. Waiver of $5.00||", "5. $5.00 of waiver no. 4 taken back||"], LinesOf(page, "tbody"));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Receipt_Printed_IsAnEntryAndOpeningItIsNone()
    {
        var (_, visit) = await CheckInAsync();
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var page = await OpenAsync(context, visit.VisitId);
        Assert.Empty(await PrintsAsync(reception));

        await PrintAsync(page);

        var entry = Assert.Single(await PrintsAsync(reception));
        Assert.Equal((AuditOutcome.Done, visit.PatientId, visit.VisitId), (entry.Outcome, entry.PatientId, entry.VisitId));
        Assert.NotEmpty(page.FindAll(Receipt));
    }

    [Fact]
    public async Task Receipt_OfAVisitThatCostsNothing_SaysSo()
    {
        // Past the rules that charge for a check-in.
        var visitId = await clinic.People.AddVisitAsync(await clinic.People.AddChartAsync());
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visitId);

        Assert.Contains("Nothing was charged yet.", page.Find(Receipt).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindComponents<PrintWatch>());
    }

    [Theory]
    [Trait("Requirement", "S4-01")]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Nurse)]
    public async Task Receipt_OfSomebodyElsesVisit_IsNotThere(Roles role)
    {
        var (_, visit) = await CheckInAsync();
        await using var context = await ContextAsync(role);

        var page = await OpenAsync(context, visit.VisitId, NotFound);

        Assert.Empty(page.FindAll(Receipt));
        Assert.DoesNotContain("$40.00", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Receipt_OfAnAdministratorOfTheCareTeam_IsNotThere()
    {
        var (_, visit) = await CheckInAsync();
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        await clinic.People.AssignAsync(administrator, visit.PatientId);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, administrator);

        var page = await OpenAsync(context, visit.VisitId, NotFound);

        Assert.Empty(page.FindAll(Receipt));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Receipt_PrintedBySomebodyWhosePartIsEnded_IsDeniedAndGoesFromThePage()
    {
        var (acts, visit) = await CheckInAsync();
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        Assert.True((await acts.DoAsync(visit, VisitAct.StartTriage, await clinic.People.ActorAsync(nurse))).IsSuccess);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);
        var page = await OpenAsync(context, visit.VisitId);
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await clinic.Host.Get<VisitStaffService>()
            .LeaveAsync(visit.Desk, visit.PatientId, visit.VisitId, nurse.AccountId, default);

        await PrintAsync(page);

        await page.WaitForElementAsync(NotFound);
        Assert.Empty(page.FindAll(Receipt));
        Assert.Equal(AuditOutcome.Denied, Assert.Single(await PrintsAsync(nurse)).Outcome);
    }

    private static IEnumerable<string> LinesOf(IRenderedComponent<ReceiptPage> page, string part) =>
        page.FindAll($"{Receipt} {part} tr")
            .Select(row => string.Join('|', row.QuerySelectorAll("th, .r").Select(cell => cell.TextContent.Trim())));

    private static Task PrintAsync(IRenderedComponent<ReceiptPage> page) =>
        page.InvokeAsync(page.FindComponent<PrintWatch>().Instance.NoticeAsync);

    private static async Task<IRenderedComponent<ReceiptPage>> OpenAsync(PageContext context, Guid visitId, string shown = Receipt)
    {
        var page = context.Render<ReceiptPage>(parameters => parameters.Add(value => value.Id, visitId));
        await page.WaitForElementAsync(shown);
        return page;
    }

    private async Task<PageContext> ContextAsync(Roles roles) =>
        await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(roles));

    private async Task<IReadOnlyList<AuditEntry>> PrintsAsync(TestPerson person) =>
        [.. (await AuditSamples.ReadAsync(clinic.Host)).Where(entry => entry.AccountId == person.AccountId
            && entry.Act == AuditAct.ReceiptPrinted)];

    private async Task<(BillingFixtureActs Acts, BilledVisit Visit)> CheckInAsync()
    {
        var acts = await BillingFixtureActs.OpenAsync(clinic.Host);
        return (acts, await acts.CheckInAsync());
    }
}
