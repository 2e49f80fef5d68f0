using AngleSharp.Dom;
using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
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
        var name = (await clinic.People.ActorAsync(doctor)).DisplayName;
        await Button(page, "Add to the visit").ClickAsync();
        await context.ChooseAsync(page.Find("#visit-staff"), name);
        await page.Find("form[aria-label='Add to the visit']").SubmitAsync();

        Assert.True((await DetailsAsync(doctor, patientId)).IsSuccess);
        Assert.Contains(name, page.Find("section[aria-labelledby=visit-title]").TextContent, StringComparison.Ordinal);
        await Button(page, "Add to the visit").ClickAsync();
        await page.Find("#visit-staff").KeyDownAsync("ArrowDown");
        await context.Lists.WaitForElementAsync("[role=option]");
        Assert.DoesNotContain(name, context.Choices.Keys);
        await page.Find("#visit-staff").BlurAsync();

        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await page.Find("ul[aria-label='Takes part'] button").ClickAsync();
        Assert.False((await DetailsAsync(doctor, patientId)).IsSuccess);
        await context.ChooseAsync(page.Find("#visit-staff"), name);
        await page.Find("form[aria-label='Add to the visit']").SubmitAsync();
        Assert.True((await DetailsAsync(doctor, patientId)).IsSuccess);

        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await AnswerAsync(context, Button(page, "Finish visit"), "[data-testid=close-visit] .btn-danger-fill");

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
        Assert.NotNull(Button(page, "Finish visit"));
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
        await context.ChooseAsync(page.Find("#team-staff"), (await clinic.People.ActorAsync(doctor)).DisplayName);
        await page.Find("form[aria-label='Add to the care team']").SubmitAsync();
        Assert.True((await DetailsAsync(doctor, patientId)).IsSuccess);

        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await AnswerAsync(
            context, page.Find("section[aria-labelledby=team-title] tbody button"), "[data-testid=end-care] .btn-danger-fill");

        Assert.Contains("Nobody is on the care team", page.Find("section[aria-labelledby=team-title]").TextContent,
            StringComparison.Ordinal);
        Assert.False((await DetailsAsync(doctor, patientId)).IsSuccess);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task LinkAccount_BeforeADocumentWasSeen_IsRefusedAndThenWaits()
    {
        var unlinked = await clinic.People.AddUnlinkedAsync();
        var (page, patientId, context) = await OpenAsReceptionAsync();
        await using var _ = context;

        await Button(page, "Link the patient’s own account").ClickAsync();
        await page.Find("#link-email").InputAsync(unlinked.Email);
        await page.Find("form[aria-label='Link the patient’s own account']").SubmitAsync();

        Assert.NotEmpty(page.Find("#link-document-error").TextContent);
        Assert.Equal(unlinked.Email, page.Find("#link-email").GetAttribute("value"));
        Assert.Null((await clinic.People.ActorAsync(unlinked)).PatientId);

        await context.ChooseAsync(page.Find("#link-document"), "Passport");
        await page.Find("form[aria-label='Link the patient’s own account']").SubmitAsync();

        Assert.Null((await clinic.People.ActorAsync(unlinked)).PatientId);
        Assert.Equal("waiting", page.Find("[data-testid=account-link]").GetAttribute("data-state"));
        Assert.Contains(unlinked.Email, page.Find("[data-testid=account-link]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("[data-testid=account-link] button"),
            button => button.TextContent.Trim() == "Confirm this account");
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await clinic.People.AssignAsync(nurse, patientId);
        await using var second = await PageContext.OfStaffAsync(clinic.Host, nurse);
        var hers = second.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
        await hers.WaitForElementAsync("[data-testid=account-link]");

        await hers.FindAll("[data-testid=account-link] button").First(button => button.TextContent.Trim() == "Confirm this account")
            .ClickAsync();

        Assert.Equal(patientId, (await clinic.People.ActorAsync(unlinked)).PatientId);
        Assert.Equal("in-force", hers.Find("[data-testid=account-link]").GetAttribute("data-state"));
        var undo = hers.FindAll("[data-testid=account-link] button").First(button => button.TextContent.Trim() == "Undo the link…");
        await AnswerAsync(second, undo, "[data-testid=end-link] .btn-danger-fill");
        Assert.Null((await clinic.People.ActorAsync(unlinked)).PatientId);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    [Trait("Requirement", "B-07")]
    public async Task ConfirmAccount_WhereAnotherWaitsByNow_ConfirmsNeitherAndShowsTheOther()
    {
        var (shown, other) = (await clinic.People.AddUnlinkedAsync(), await clinic.People.AddUnlinkedAsync());
        var (nurse, patientId) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddChartAsync());
        await clinic.People.AssignAsync(nurse, patientId);
        var desk = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        var links = clinic.Host.Get<AccountLinkService>();
        await links.RequestAsync(desk, patientId, shown.Email, IdentityDocument.Passport, default);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);
        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("[data-testid=account-link]");
        await links.EndAsync(desk, patientId, shown.AccountId, default);
        await links.RequestAsync(desk, patientId, other.Email, IdentityDocument.Passport, default);

        await Button(page, "Confirm this account").ClickAsync();

        var link = page.Find("[data-testid=account-link]");
        Assert.Equal("waiting", link.GetAttribute("data-state"));
        Assert.Contains(other.Email, link.TextContent, StringComparison.Ordinal);
        Assert.Contains("Somebody else changed it", link.TextContent, StringComparison.Ordinal);
        Assert.Null((await clinic.People.ActorAsync(shown)).PatientId ?? (await clinic.People.ActorAsync(other)).PatientId);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task LinkAccount_OfAnUnknownAddress_SaysSoBesideTheField()
    {
        var (page, _, context) = await OpenAsReceptionAsync();
        await using var closing = context;

        await Button(page, "Link the patient’s own account").ClickAsync();
        await page.Find("#link-email").InputAsync("nobody@patient.example");
        await context.ChooseAsync(page.Find("#link-document"), "Identity card");
        await page.Find("form[aria-label='Link the patient’s own account']").SubmitAsync();

        Assert.Contains("waits to be linked", page.Find("#link-email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("nobody@patient.example", page.Find("#link-email").GetAttribute("value"));
    }

    [Fact]
    public async Task MakeInactive_AskedAndConfirmed_CanBeUndone()
    {
        var (page, _, context) = await OpenAsReceptionAsync();
        await using var closing = context;

        await AnswerAsync(context, Button(page, "Make inactive"), "[data-testid=change-activity] .btn:not(.btn-danger-fill)");
        Assert.NotNull(Button(page, "Make inactive"));

        await AnswerAsync(context, Button(page, "Make inactive"), "[data-testid=change-activity] .btn-danger-fill");
        Assert.Contains("Inactive", page.Find("[data-testid=patient-banner]").TextContent, StringComparison.Ordinal);

        await AnswerAsync(context, Button(page, "Make active again"), "[data-testid=change-activity] .btn-primary");
        Assert.DoesNotContain("Inactive", page.Find("[data-testid=patient-banner]").TextContent, StringComparison.Ordinal);
    }

    /// <summary>Presses what asks first, answers, and waits until both are done.</summary>
    private static async Task AnswerAsync(PageContext context, AngleSharp.Dom.IElement button, string answer)
    {
        var asking = button.ClickAsync();
        await (await context.Dialogs.WaitForElementAsync(answer)).ClickAsync();
        await asking;
    }

    private async Task<(IRenderedComponent<PatientPage> Page, Guid PatientId, PageContext Context)> OpenAsReceptionAsync()
    {
        var patientId = await clinic.People.AddChartAsync();
        var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Reception));
        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("[data-testid=patient-banner]");
        return (page, patientId, context);
    }

    private async Task<Result<PatientDetails>> DetailsAsync(TestPerson person, Guid patientId) =>
        await clinic.Host.Get<PatientService>().GetAsync(await clinic.People.ActorAsync(person), patientId, default);

    private static IElement Button(IRenderedComponent<PatientPage> page, string name) =>
        page.FindAll("main button, .split button").First(button => button.TextContent.Trim() == name);
}
