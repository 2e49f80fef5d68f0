using Bunit;
using ClinicBlazor.App.Visits;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Billing;

/// <summary>What a visit costs, on its page: whether it is stopped and what opens it, and for whom it is there.</summary>
[Trait("Requirement", "S2-09")]
public sealed class VisitBillTests(SqliteClinic clinic) : BillPage(clinic), IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task Guard_OfAStoppedVisitForReception_OffersItsWaysAndNamesThoseOfOthers()
    {
        var (_, visit) = await CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visit);

        var guard = page.Find(Guard).TextContent;
        Assert.Contains("The consultation cannot start", guard, StringComparison.Ordinal);
        Assert.Contains("$40.00still open", guard, StringComparison.Ordinal);
        Assert.Equal(["Take payment", "Record approval", "Pay later", "Pay in three parts", "Waive"], WaysOf(page));
        Assert.Equal(["a doctor or nurse", "a doctor"], OthersOf(page));
        Assert.Equal(("$40.00", "Stopped"), (OpenOf(page), StateOf(page)));
    }

    [Theory]
    [InlineData(Roles.Doctor, "Treat now, pay later|Go on without clearance", "reception")]
    [InlineData(Roles.Nurse, "Treat now, pay later", "reception|a doctor")]
    public async Task Guard_OfAStoppedVisitForThoseWhoCare_OffersWhatIsTheirsAlone(Roles role, string ways, string others)
    {
        var (acts, visit) = await CheckInAsync();
        await using var context = await ContextAsync(await TakePartAsync(acts, visit, role));

        var page = await OpenAsync(context, visit);

        Assert.Equal(ways.Split('|'), WaysOf(page));
        Assert.Equal(others.Split('|'), OthersOf(page).Distinct());
        Assert.Equal(ways.Split('|'), page.FindAll($"{Bill} button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task Bill_OfAVisitThatIsOverAndNotPaid_IsUnpaidAndStopsNothing()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.DoAsync(visit, VisitAct.Finish, visit.Desk);
        await using var context = await ContextAsync(Roles.Reception);

        var page = await OpenAsync(context, visit);

        Assert.Empty(page.FindAll(Guard));
        Assert.Contains("Unpaid", page.Find("[data-testid=bill-clearance]").TextContent, StringComparison.Ordinal);
        Assert.Equal("$40.00", OpenOf(page));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OfAnotherPatientsVisit_ShowsNothingOfThisBill()
    {
        var (acts, visit) = await CheckInAsync();
        await acts.WaiveAsync(visit, "10.00", reason: "A heliotrope reason.");
        var number = (await acts.BillAsync(visit)).InvoiceNumber;
        var other = await acts.CheckInAsync();
        await using var context = await ContextAsync(Roles.Reception);
        var page = await OpenAsync(context, visit);
        Assert.Equal("$30.00", OpenOf(page));
        Assert.Contains("heliotrope", page.Find(Bill).TextContent, StringComparison.Ordinal);
        Assert.Contains($"invoice no. {number}", page.Find(Bill).TextContent, StringComparison.Ordinal);

        page.Render(parameters => parameters.Add(value => value.Id, other.VisitId));

        await page.WaitForAssertionAsync(() => Assert.Equal("$40.00", OpenOf(page)));
        Assert.DoesNotContain("heliotrope", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain($"invoice no. {number}", page.Markup, StringComparison.Ordinal);
        await using var elsewhere = await ContextAsync(await TakePartAsync(acts, other, Roles.Nurse));
        var missing = elsewhere.Render<VisitPage>(parameters => parameters.Add(value => value.Id, visit.VisitId));
        await missing.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(missing.FindAll(Bill));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Bill_OfAReaderWhosePartIsEnded_GoesFromTheOpenPage()
    {
        var (acts, visit) = await CheckInAsync();
        var nurse = await TakePartAsync(acts, visit, Roles.Nurse);
        await using var context = await ContextAsync(nurse);
        var page = await OpenAsync(context, visit);
        Clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var left = await Clinic.Host.Get<VisitStaffService>()
            .LeaveAsync(visit.Desk, visit.PatientId, visit.VisitId, nurse.AccountId, default);

        Assert.True(left.IsSuccess);
        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(page.FindAll(Bill));
        Assert.DoesNotContain("$40.00", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OfAnAdministratorOfTheCareTeam_ShowsNoBill()
    {
        var (_, visit) = await CheckInAsync();
        var administrator = await Clinic.People.AddStaffAsync(Roles.Administrator);
        await Clinic.People.AssignAsync(administrator, visit.PatientId);
        await using var context = await ContextAsync(administrator);

        var page = await OpenAsync(context, visit, "[data-testid=visit-state]");

        Assert.Empty(page.FindAll(Bill));
        Assert.DoesNotContain("$40.00", page.Markup, StringComparison.Ordinal);
    }
}
