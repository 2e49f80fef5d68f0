using AngleSharp.Dom;
using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Patients;

/// <summary>What is done on a patient's page: visit, care team, account, activity.</summary>
public sealed class PatientActsTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task Visit_CheckedInJoinedAndClosed_OpensAndClosesTheChart()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var (page, patientId, context) = await OpenAsReceptionAsync();
        await using var _ = context;

        await Button(page, "Check in").ClickAsync();
        await Button(page, "Add to the visit").ClickAsync();
        await page.Find("#visit-staff").ChangeAsync(doctor.AccountId.ToString());
        await page.Find("form[aria-label='Add to the visit']").SubmitAsync();

        Assert.True((await DetailsAsync(doctor, patientId)).IsSuccess);
        Assert.Contains((await clinic.People.ActorAsync(doctor)).DisplayName, page.Find("section[aria-labelledby=visit-title]").TextContent, StringComparison.Ordinal);
        await Button(page, "Add to the visit").ClickAsync();
        Assert.DoesNotContain(page.FindAll("#visit-staff option"), option => option.GetAttribute("value") == doctor.AccountId.ToString());

        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Button(page, "Close the visit").ClickAsync();
        await page.Find("#close-visit .btn-primary").ClickAsync();

        Assert.NotNull(Button(page, "Check in"));
        Assert.False((await DetailsAsync(doctor, patientId)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S2-08")]
    public async Task CheckIn_WhenSomebodyElseWasQuicker_ShowsTheVisitThatStands()
    {
        var (page, patientId, context) = await OpenAsReceptionAsync();
        await using var _ = context;

        await clinic.People.AddVisitAsync(patientId);
        await Button(page, "Check in").ClickAsync();

        Assert.Contains("Somebody else changed it", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Button(page, "Close the visit"));
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S4-01")]
    public async Task CareTeam_AddedAndEnded_OpensAndClosesTheChart()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var (page, patientId, context) = await OpenAsReceptionAsync();
        await using var _ = context;

        await Button(page, "Add to the care team").ClickAsync();
        await page.Find("form[aria-label='Add to the care team']").SubmitAsync();
        Assert.Equal("Choose somebody of the clinical staff.", page.Find("#team-staff-error").TextContent);
        await page.Find("#team-staff").ChangeAsync(doctor.AccountId.ToString());
        await page.Find("form[aria-label='Add to the care team']").SubmitAsync();
        Assert.True((await DetailsAsync(doctor, patientId)).IsSuccess);

        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await page.Find("section[aria-labelledby=team-title] tbody button").ClickAsync();
        await page.Find("#team-title").Closest("section")!.QuerySelector("dialog .btn-danger-fill")!.ClickAsync();

        Assert.Contains("Nobody is on the care team", page.Find("section[aria-labelledby=team-title]").TextContent, StringComparison.Ordinal);
        Assert.False((await DetailsAsync(doctor, patientId)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task LinkAccount_BeforeADocumentWasSeen_IsNotAskedFor()
    {
        var unlinked = await clinic.People.AddUnlinkedAsync();
        var (page, patientId, context) = await OpenAsReceptionAsync();
        await using var _ = context;

        await Button(page, "Link the patient’s own account").ClickAsync();
        await page.Find("#link-email").InputAsync(unlinked.Email);
        await page.Find("form[aria-label='Link the patient’s own account']").SubmitAsync();

        Assert.NotEmpty(page.Find("#link-seen-error").TextContent);
        Assert.Equal(unlinked.Email, page.Find("#link-email").GetAttribute("value"));
        Assert.Null((await clinic.People.ActorAsync(unlinked)).PatientId);

        await page.Find("#link-seen").ChangeAsync(true);
        await page.Find("form[aria-label='Link the patient’s own account']").SubmitAsync();

        Assert.Equal(patientId, (await clinic.People.ActorAsync(unlinked)).PatientId);
        Assert.Contains(unlinked.Email, page.Find("section[aria-labelledby=person-title]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task LinkAccount_OfAnUnknownAddress_SaysSoBesideTheField()
    {
        var (page, _, context) = await OpenAsReceptionAsync();
        await using var closing = context;

        await Button(page, "Link the patient’s own account").ClickAsync();
        await page.Find("#link-email").InputAsync("nobody@patient.example");
        await page.Find("#link-seen").ChangeAsync(true);
        await page.Find("form[aria-label='Link the patient’s own account']").SubmitAsync();

        Assert.Contains("waits to be linked", page.Find("#link-email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("nobody@patient.example", page.Find("#link-email").GetAttribute("value"));
    }

    [Fact]
    public async Task MakeInactive_AskedAndConfirmed_CanBeUndone()
    {
        var (page, _, context) = await OpenAsReceptionAsync();
        await using var closing = context;

        await Button(page, "Make inactive").ClickAsync();
        await page.Find("#change-activity .btn:not(.btn-danger-fill):not(.btn-icon)").ClickAsync();
        Assert.NotNull(Button(page, "Make inactive"));

        await Button(page, "Make inactive").ClickAsync();
        await page.Find("#change-activity .btn-danger-fill").ClickAsync();
        Assert.Contains("Inactive", page.Find("[data-testid=patient-banner]").TextContent, StringComparison.Ordinal);

        await Button(page, "Make active again").ClickAsync();
        await page.Find("#change-activity .btn-primary").ClickAsync();
        Assert.DoesNotContain("Inactive", page.Find("[data-testid=patient-banner]").TextContent, StringComparison.Ordinal);
    }

    private async Task<(IRenderedComponent<PatientPage> Page, Guid PatientId, PageContext Context)> OpenAsReceptionAsync()
    {
        var patientId = await clinic.People.AddChartAsync();
        var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Reception));
        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("[data-testid=patient-banner]");
        return (page, patientId, context);
    }

    private async Task<Domain.Result<PatientDetails>> DetailsAsync(TestPerson person, Guid patientId) =>
        await clinic.Host.Get<PatientService>().GetAsync(await clinic.People.ActorAsync(person), patientId, default);

    private static IElement Button(IRenderedComponent<PatientPage> page, string name) =>
        page.FindAll("main button, .split button").First(button => button.TextContent.Trim() == name);
}
