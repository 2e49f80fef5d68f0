using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.Tests.Patients;

/// <summary>A doctor writes a record on a patient's behalf.</summary>
public sealed class NewRecordPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Words = "Says: \"my <knee> hurts & clicks\"";

    private RecordService Records => clinic.Host.Get<RecordService>();

    [Fact]
    [Trait("Requirement", "S0-02")]
    [Trait("Requirement", "B-07")]
    public async Task Save_WordsOfThePatient_StandVerbatimInTheChart()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);

        await page.Find("#symptoms").InputAsync(Words);
        await page.Find("#onset").InputAsync("Monday");
        await page.FindAll("input[name=severity]")[7].ChangeAsync("7");
        await page.Find("#modifying-factors").InputAsync("Rest helps");
        await page.Find("form").SubmitAsync();

        Assert.StartsWith("/records/", context.Address, StringComparison.Ordinal);
        var record = (await Records.GetAsync(await clinic.People.ActorAsync(doctor), Guid.Parse(context.Address["/records/".Length..]),
            default)).Value;
        Assert.Equal(new ProblemDescription(Words, "Monday", 7, "Rest helps"), record.Description);
        Assert.Equal((patientId, true), (record.PatientId, record.OnBehalf));
        Assert.Null((await DraftAsync(doctor, patientId)).Value);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task Save_FiveEntersInTwoTabsOfOneDraft_WritesOneRecord()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await using (var left = await PageContext.OfStaffAsync(clinic.Host, doctor))
        {
            await (await OpenAsync(left, patientId)).Find("#symptoms").InputAsync(Words);
        }

        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);
        await using var otherContext = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var otherTab = await OpenAsync(otherContext, patientId);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => page.Find("form").SubmitAsync()));
        await otherTab.Find("form").SubmitAsync();

        Assert.Single((await Records.ListAsync(await clinic.People.ActorAsync(doctor), patientId, null, default)).Value.Items);
        Assert.Equal(context.Address, otherContext.Address);
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Save_WithoutSymptoms_SaysSoBesideTheFieldAndKeepsTheRest()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);

        await page.Find("#onset").InputAsync("Monday");
        await page.Find("form").SubmitAsync();

        Assert.NotEmpty(page.Find("#symptoms-error").TextContent);
        Assert.Equal("Monday", page.Find("#onset").GetAttribute("value"));
        Assert.Empty((await Records.ListAsync(await clinic.People.ActorAsync(doctor), patientId, null, default)).Value.Items);
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Draft_OfAPageThatWasLeft_IsThereAgainForItsAuthorAlone()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        var colleague = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(colleague, patientId);
        await using (var left = await PageContext.OfStaffAsync(clinic.Host, doctor))
        {
            var page = await OpenAsync(left, patientId);
            await page.Find("#symptoms").InputAsync(Words);
            await page.FindAll("input[name=severity]")[3].ChangeAsync("3");
        }

        await using var again = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var found = await OpenAsync(again, patientId);
        await using var other = await PageContext.OfStaffAsync(clinic.Host, colleague);
        var empty = await OpenAsync(other, patientId);

        Assert.Equal(Words, found.Find("#symptoms").GetAttribute("value"));
        Assert.True(found.FindAll("input[name=severity]")[3].HasAttribute("checked"));
        Assert.Contains("Saved", found.Find("[data-testid=saved-indicator]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("knee", empty.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Draft_OfAPageThatIsLeftWhileItAsks_HoldsTheLastWords()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var shown = context.Render<DynamicComponent>(parameters => parameters
            .Add(place => place.Type, typeof(NewRecordPage))
            .Add(place => place.Parameters, new Dictionary<string, object> { [nameof(NewRecordPage.Id)] = patientId }));
        await shown.WaitForElementAsync("[data-testid=patient-banner]");
        await shown.Find("#symptoms").InputAsync(Words);
        var asking = shown.FindAll("button").Single(button => button.TextContent == "Throw the draft away").ClickAsync();
        await context.Dialogs.WaitForElementAsync("[data-testid=discard-draft]");

        shown.Render(parameters => parameters
            .Add(place => place.Type, typeof(LayoutView)).Add(place => place.Parameters, new Dictionary<string, object>()));
        await asking;

        await context.Dialogs.WaitForAssertionAsync(() => Assert.Empty(context.Dialogs.FindAll("[data-testid=discard-draft]")));
        await TestTime.WaitUntilAsync(() => DraftAsync(doctor, patientId).GetAwaiter().GetResult().Value is not null);
    }

    [Fact]
    [Trait("Requirement", "B-06")]
    public async Task Draft_ThrownAwayAndConfirmed_IsGone()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);
        await page.Find("#symptoms").InputAsync(Words);

        var asking = page.FindAll("button").Single(button => button.TextContent == "Throw the draft away").ClickAsync();
        await (await context.Dialogs.WaitForElementAsync("[data-testid=discard-draft] .btn-danger-fill")).ClickAsync();
        await asking;

        Assert.Equal($"/patients/{patientId}/records", context.Address);
        Assert.Null((await DraftAsync(doctor, patientId)).Value);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    [Trait("Requirement", "S1-01")]
    public async Task Page_OfANurse_OffersNoForm()
    {
        var (nurse, patientId) = await AssignedAsync(Roles.Nurse);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);

        var page = await OpenAsync(context, patientId);

        Assert.Empty(page.FindAll("form"));
        var refused = await Records.WriteOnBehalfAsync(await clinic.People.ActorAsync(nurse), patientId, new ProblemDescription(Words),
            default);
        Assert.False(refused.IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "B-07")]
    public async Task Save_CareTeamEndedMeanwhile_WritesNothingAndEmptiesThePage()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);
        await page.Find("#symptoms").InputAsync(Words);

        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await clinic.Host.Get<CareTeamService>().EndAsync(await clinic.People.ActorAsync(reception), patientId, doctor.AccountId, default);
        await page.Find("form").SubmitAsync();

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.DoesNotContain("knee", page.Markup, StringComparison.Ordinal);
        await using var db = await clinic.Host.OpenAsync();
        Assert.DoesNotContain(db.Set<MedicalRecord>(), record => record.PatientId == patientId);
    }

    private async Task<(TestPerson Staff, Guid PatientId)> AssignedAsync(Roles roles)
    {
        var staff = await clinic.People.AddStaffAsync(roles);
        var patientId = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(staff, patientId);
        return (staff, patientId);
    }

    private async Task<Result<SavedDraft?>> DraftAsync(TestPerson person, Guid patientId) =>
        await clinic.Host.Get<DraftService>()
            .FindAsync(await clinic.People.ActorAsync(person), patientId, DraftService.NewRecordForm, default);

    private static async Task<IRenderedComponent<NewRecordPage>> OpenAsync(PageContext context, Guid patientId)
    {
        var page = context.Render<NewRecordPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("[data-testid=patient-banner]");
        return page;
    }
}
