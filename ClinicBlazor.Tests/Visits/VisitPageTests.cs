using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Visits;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Visits;

/// <summary>A visit on its page, and the patient's visits in a list.</summary>
[Trait("Requirement", "S2-08")]
public sealed class VisitPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private VisitService Visits => clinic.Host.Get<VisitService>();

    [Fact]
    public async Task Page_OfADoctorWhoTakesPart_OffersWhatIsTheirsAndTellsTheHistory()
    {
        var (doctor, patientId, visitId) = await InProgressAsync();
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = await OpenAsync(context, visitId);

        Assert.Equal("in-progress", page.Find("[data-testid=visit-state]").GetAttribute("data-state"));
        Assert.Equal(["Finish visit", "Cancel the visit", "Entered in error…"], Acts(page));
        Assert.Equal(2, page.FindAll("[data-testid=visit-history] > li").Count);
        Assert.Contains("called in", page.Find("[data-testid=visit-history]").TextContent, StringComparison.Ordinal);
        Assert.NotEqual(Guid.Empty, patientId);
    }

    [Fact]
    public async Task Cancel_AsksForAReasonAndKeepsIt()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var patientId = await clinic.People.AddChartAsync();
        var visitId = (await Visits.StartAsync(await clinic.People.ActorAsync(reception), patientId, doctorId: null, default)).Value;
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var page = await OpenAsync(context, visitId);

        _ = page.InvokeAsync(() => page.FindAll(".acts button").Single(button => button.TextContent == "Cancel the visit").ClickAsync());
        var dialog = context.Dialogs;
        await dialog.WaitForElementAsync("[data-testid=reason-dialog]");
        await dialog.InvokeAsync(() => dialog.Find(".btn-danger-fill").ClickAsync());
        await dialog.WaitForAssertionAsync(() => Assert.Contains("Say why.", dialog.Markup, StringComparison.Ordinal));
        await dialog.InvokeAsync(() => dialog.Find("#reason").InputAsync("Left for work."));
        await dialog.InvokeAsync(() => dialog.Find(".btn-danger-fill").ClickAsync());

        await page.WaitForAssertionAsync(
            () => Assert.Equal("cancelled", page.Find("[data-testid=visit-state]").GetAttribute("data-state")));
        Assert.Contains("Left for work.", page.Find("[data-testid=visit-history]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OfSomebodyElsesPatient_IsNotThereAndOfOneThatIsTakenAwayKeepsNothing()
    {
        var (doctor, patientId, visitId) = await InProgressAsync();
        var stranger = await clinic.People.AddStaffAsync(Roles.Doctor);
        await using (var other = await PageContext.OfStaffAsync(clinic.Host, stranger))
        {
            var missing = other.Render<VisitPage>(parameters => parameters.Add(value => value.Id, visitId));
            await missing.WaitForElementAsync("[data-testid=not-found]");
        }

        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, visitId);
        var desk = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        await clinic.Host.Get<VisitStaffService>().LeaveAsync(desk, patientId, visitId, doctor.AccountId, default);

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(page.FindAll("[data-testid=visit-state]"));
    }

    [Fact]
    public async Task Plan_OnThePatientsPage_StandsInTheListAndCanBeTakenByReception()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var patientId = await clinic.People.AddChartAsync();
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("[data-testid=patient-banner]");
        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent == "Plan a visit").ClickAsync());
        await page.WaitForElementAsync("#plan-date");
        await page.InvokeAsync(() => page.Find("form[aria-label='Plan a visit']").SubmitAsync());
        await page.WaitForAssertionAsync(() => Assert.Contains("Give a time", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find("#plan-date").InputAsync("2026-12-24"));
        await page.InvokeAsync(() => page.Find("#plan-time").InputAsync("9:15"));
        await page.InvokeAsync(() => page.Find("form[aria-label='Plan a visit']").SubmitAsync());
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("#plan-date")));

        await using var db = await clinic.Host.OpenAsync();
        var visit = await db.Set<Visit>().SingleAsync(row => row.PatientId == patientId);
        Assert.Equal(VisitStatus.Planned, visit.Status);
        Assert.Equal(ClinicDay.At(clinic.Host.Clock, new DateOnly(2026, 12, 24), new TimeOnly(9, 15)), visit.PlannedFor);
    }

    [Fact]
    public async Task List_OfMoreThanAPage_IsByWhenTheVisitsWereAndGoesOnWithoutGapOrRepeat()
    {
        var reception = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        var patientId = await clinic.People.AddChartAsync();
        var planned = (await Visits.PlanAsync(reception, patientId, new NewVisit("2026-12-24", "9:15"), default)).Value;
        var begun = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            begun.Insert(0, await clinic.People.AddVisitAsync(patientId));
            await Visits.DoAsync(reception, patientId, begun[0], VisitAct.Finish, reason: null, default);
            clinic.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var history = clinic.Host.Get<VisitHistoryService>();
        var first = (await history.ListAsync(reception, patientId, after: null, default)).Value;
        var second = (await history.ListAsync(reception, patientId, first.Next, default)).Value;

        Assert.Equal([planned, .. begun], first.Items.Concat(second.Items).Select(row => row.Id));
        Assert.Null(second.Next);
    }

    private static IEnumerable<string> Acts(IRenderedComponent<VisitPage> page) =>
        page.FindAll("section[aria-labelledby=visit-title] .acts button").Select(button => button.TextContent.Trim());

    private static async Task<IRenderedComponent<VisitPage>> OpenAsync(PageContext context, Guid visitId)
    {
        var page = context.Render<VisitPage>(parameters => parameters.Add(value => value.Id, visitId));
        await page.WaitForElementAsync("[data-testid=visit-state]");
        return page;
    }

    private async Task<(TestPerson Doctor, Guid PatientId, Guid VisitId)> InProgressAsync()
    {
        var desk = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patientId = await clinic.People.AddChartAsync();
        var visitId = (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value;
        var actor = await clinic.People.ActorAsync(doctor);
        Assert.True((await Visits.DoAsync(actor, patientId, visitId, VisitAct.CallIn, reason: null, default)).IsSuccess);
        return (doctor, patientId, visitId);
    }
}
