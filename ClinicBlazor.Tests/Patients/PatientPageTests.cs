using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Patients;

/// <summary>Who sees what of a patient's page, and for how long.</summary>
public sealed class PatientPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Symptoms = "Perichondral tingling";

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task Page_OfAnAssignedDoctor_ShowsPersonAndRecords()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await clinic.People.AddRecordAsync(patientId, doctor, Symptoms);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = await OpenAsync(context, patientId);

        Assert.Equal(patientId.ToString(), page.Find("[data-testid=patient-banner]").GetAttribute("data-patient-id"));
        Assert.Contains(Symptoms, page.Find(".rec-list").TextContent, StringComparison.Ordinal);
        Assert.Contains(Symptoms, page.Find(".todo").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll($"a[href='/patients/{patientId}/records/new']"));
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Page_WithARecordThatWasNeverSignedAndSaysItWas_NamesNeitherSignatureNorDiagnosis()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        var recordId = await clinic.People.AddRecordAsync(patientId, doctor, Symptoms, diagnosis: "Relapsing polychondritis");
        await new Intruder(clinic.Host).ForceAsync("UPDATE \"MedicalRecords\" SET \"Status\" = 'Final' WHERE \"Id\" = @p0", recordId);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = await OpenAsync(context, patientId);

        Assert.Equal("Signature does not hold", page.Find(".rec-list .st").TextContent);
        Assert.Contains(Symptoms, page.Find(".rec-list").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("polychondritis", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S0-02")]
    public async Task Page_OfANurse_ReadsRecordsAndWritesNone()
    {
        var (nurse, patientId) = await AssignedAsync(Roles.Nurse);
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AddRecordAsync(patientId, doctor, Symptoms);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);

        var page = await OpenAsync(context, patientId);

        Assert.Contains(Symptoms, page.Find(".rec-list").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".todo"));
        Assert.Empty(page.FindAll($"a[href='/patients/{patientId}/records/new']"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.StartsWith("Show", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S0-01")]
    public async Task Page_OfReception_HoldsNothingClinicalAndAsksForNone()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await clinic.People.AddRecordAsync(patientId, doctor, Symptoms, diagnosis: "Relapsing polychondritis");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);

        var page = await OpenAsync(context, patientId);

        Assert.DoesNotContain("tingling", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("chondritis", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("record", page.Find("main, .split").InnerHtml, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.FindAll("a[href*='/records']"));
        Assert.Equal([AuditAct.PatientRead], await ActsAsync(reception));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "C-05")]
    public async Task Page_OfAForeignPatient_LooksLikeThatOfAMissingOne()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var foreign = await clinic.People.AddChartAsync("Fiona", "Foreigner");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, foreign));
        var missing = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, Guid.CreateVersion7()));

        await page.WaitForElementAsync("[data-testid=not-found]");
        await missing.WaitForElementAsync("[data-testid=not-found]");
        Assert.Equal(missing.Markup, page.Markup);
        Assert.DoesNotContain("Foreigner", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "C-05")]
    public async Task Page_GoneOnToAForeignPatient_KeepsNothingOfTheFirst()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        var foreign = await clinic.People.AddChartAsync();
        await clinic.People.AddRecordAsync(patientId, doctor, Symptoms);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);

        page.Render(parameters => parameters.Add(value => value.Id, foreign));

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.DoesNotContain(Symptoms, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=patient-banner]"));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Page_OfThePatientThemselves_IsNotTheStaffs()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patient.PatientId!.Value));

        await page.WaitForElementAsync("[data-testid=not-found]");
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S4-01")]
    public async Task Page_CareTeamEndedWhileOpen_IsEmptiedByTheNextAct()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        var reception = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        await clinic.People.AddRecordAsync(patientId, doctor, Symptoms);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);

        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await clinic.Host.Get<CareTeamService>().EndAsync(reception, patientId, doctor.AccountId, default)).IsSuccess);
        await Button(page, "Check in").ClickAsync();

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.DoesNotContain(Symptoms, page.Markup, StringComparison.Ordinal);
        var details = await clinic.Host.Get<PatientService>().GetAsync(reception, patientId, default);
        Assert.Null(details.Value.OpenVisitId);
    }

    [Fact]
    [Trait("Requirement", "S4-03")]
    [Trait("Requirement", "S1-01")]
    public async Task Page_RoleChangedToReceptionWhileOpen_LosesTheRecordsAtTheNextAct()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await clinic.People.AddRecordAsync(patientId, doctor, Symptoms);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var page = await OpenAsync(context, patientId);
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));

        Assert.True((await clinic.Host.Get<AccountService>().ChangeRolesAsync(administrator, doctor.AccountId, Roles.Reception, default))
            .IsSuccess);
        await Button(page, "Check in").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("Finish visit", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(Symptoms, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href*='/records']"));
    }

    private async Task<(TestPerson Staff, Guid PatientId)> AssignedAsync(Roles roles)
    {
        var staff = await clinic.People.AddStaffAsync(roles);
        var patientId = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(staff, patientId);
        return (staff, patientId);
    }

    private async Task<IReadOnlyList<AuditAct>> ActsAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<AuditEntry>().Where(entry => entry.AccountId == person.AccountId).Select(entry => entry.Act).Distinct()
            .ToListAsync();
    }

    private static async Task<IRenderedComponent<PatientPage>> OpenAsync(PageContext context, Guid patientId)
    {
        var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("[data-testid=patient-banner]");
        return page;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<PatientPage> page, string name) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == name);
}
