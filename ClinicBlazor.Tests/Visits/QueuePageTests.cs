using Bunit;
using ClinicBlazor.App.Visits;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Visits;

/// <summary>The board of the day.</summary>
[Trait("Requirement", "S2-08")]
public sealed class QueuePageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private VisitService Visits => clinic.Host.Get<VisitService>();

    [Fact]
    public async Task Board_OfANurse_ShowsNamesAndNextActsAndOpensNoChart()
    {
        var (nurse, patientId, visitId) = await VisitAsync(Roles.Nurse);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);
        var page = await OpenAsync(context);

        var row = page.Find($"[data-visit-id='{visitId}']");
        Assert.Equal("arrived", row.GetAttribute("data-state"));
        Assert.Null(row.QuerySelector("a"));
        await ActAsync(page, visitId, "triaged");

        row = page.Find($"[data-visit-id='{visitId}']");
        Assert.Equal($"/patients/{patientId}", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("A doctor calls in", row.TextContent, StringComparison.Ordinal);
        Assert.Null(row.QuerySelector("button"));
    }

    [Fact]
    public async Task Board_OpenElsewhere_ShowsWhatAnotherHasDone()
    {
        var (nurse, patientId, visitId) = await VisitAsync(Roles.Nurse);
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var page = await OpenAsync(context);

        await Visits.DoAsync(await clinic.People.ActorAsync(nurse), patientId, visitId, VisitAct.StartTriage, reason: null, default);

        await page.WaitForAssertionAsync(
            () => Assert.Equal("triaged", page.Find($"[data-visit-id='{visitId}']").GetAttribute("data-state")));
    }

    [Fact]
    public async Task Undo_AtOnce_PutsTheRowBackAndTheButtonGoesAfterTenSeconds()
    {
        var (nurse, _, visitId) = await VisitAsync(Roles.Nurse);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);
        context.Services.AddSingleton<TimeProvider>(clinic.Host.Clock);
        var page = await OpenAsync(context);
        await ActAsync(page, visitId, "triaged");

        await page.InvokeAsync(() => page.Find("[data-testid=queue-done] button").ClickAsync());
        await page.WaitForAssertionAsync(
            () => Assert.Equal("arrived", page.Find($"[data-visit-id='{visitId}']").GetAttribute("data-state")));
        Assert.Empty(page.FindAll("[data-testid=queue-done]"));

        await ActAsync(page, visitId, "triaged");
        clinic.Host.Clock.Advance(VisitTransitions.UndoTime);
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[data-testid=queue-done]")));
    }

    [Fact]
    public async Task Act_ThatAnotherWasQuickerWith_SaysSoAndShowsHowItStands()
    {
        var interference = new Interference();
        await using var own = await interference.StartAsync(DatabaseKind.Sqlite);
        var patientId = await own.People.AddChartAsync();
        var visitId = await own.People.AddVisitAsync(patientId, openedBy: (await own.People.AddStaffAsync(Roles.Reception)).AccountId);
        var doctor = await own.People.ActorAsync(await own.People.AddStaffAsync(Roles.Doctor));
        await using var context = await PageContext.OfStaffAsync(own, await own.People.AddStaffAsync(Roles.Nurse));
        var page = await OpenAsync(context);
        interference.BeforeNextSave(
            () => own.Get<VisitService>().DoAsync(doctor, patientId, visitId, VisitAct.CallIn, reason: null, default));

        await page.InvokeAsync(() => page.Find($"[data-visit-id='{visitId}'] button").ClickAsync());

        await page.WaitForAssertionAsync(
            () => Assert.Equal("in-progress", page.Find($"[data-visit-id='{visitId}']").GetAttribute("data-state")));
        Assert.Contains("Somebody else was quicker", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "ok", "10 min left")]
    [InlineData(7, "soon", "3 min left")]
    [InlineData(10, "late", "0 min over")]
    [InlineData(150, "late", "2 h over")]
    public async Task Wait_AgainstItsLimit_IsSaidInWordsAndInColour(int minutes, string code, string words)
    {
        await using var own = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await own.People.AddVisitAsync(await own.People.AddChartAsync());
        own.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await using var context = await PageContext.OfStaffAsync(own, await own.People.AddStaffAsync(Roles.Reception));
        context.Services.AddSingleton<TimeProvider>(own.Clock);

        var row = (await OpenAsync(context)).Find("[data-testid=queue-row]");

        Assert.Equal(code, row.GetAttribute("data-wait"));
        Assert.Equal(words, row.QuerySelector(".q-left")!.TextContent.Trim());
    }

    private static async Task<IRenderedComponent<QueuePage>> OpenAsync(PageContext context)
    {
        var page = context.Render<QueuePage>();
        await page.WaitForElementAsync("[data-testid=queue-sums]");
        return page;
    }

    private static async Task ActAsync(IRenderedComponent<QueuePage> page, Guid visitId, string state)
    {
        await page.InvokeAsync(() => page.Find($"[data-visit-id='{visitId}'] button").ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal(state, page.Find($"[data-visit-id='{visitId}']").GetAttribute("data-state")));
    }

    private async Task<(TestPerson Person, Guid PatientId, Guid VisitId)> VisitAsync(Roles roles)
    {
        var person = await clinic.People.AddStaffAsync(roles);
        var desk = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        var patientId = await clinic.People.AddChartAsync();
        return (person, patientId, (await Visits.StartAsync(desk, patientId, doctorId: null, default)).Value);
    }
}
