using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Patients;

/// <summary>The form that registers a patient.</summary>
public sealed class PatientRegisterPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Register_BrokenRules_StandBesideTheirFieldsAndTypedTextStays()
    {
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();

        await FillAsync(page, ("given-name", "Ána"), ("family-name", "<b>"), ("birth-date", "2990-01-01"), ("phone", "12"),
            ("email", "nope"), ("ssn", "900-12-345"), ("tin", "1"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        var refused = page.FindAll("[id$='-error']").Select(error => error.Id!);
        Assert.Equal(["family-name-error", "birth-date-error", "phone-error", "email-error", "ssn-error", "tin-error"], refused);
        Assert.Equal(page.FindAll("[data-testid=error-summary] a").Count, page.FindAll("[aria-invalid=true]").Count);
        Assert.All(page.FindAll("[data-testid=error-summary] a"),
            link => Assert.Equal("true", page.Find(link.GetAttribute("href")!).GetAttribute("aria-invalid")));
        Assert.Equal("Ána", page.Find("#given-name").GetAttribute("value"));
        Assert.Equal("900-12-345", page.Find("#ssn").GetAttribute("value"));
        Assert.Equal("/", context.Address);
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    public async Task Type_IntoAFieldThatWasRefused_TakesItsMessageAwayAndNoOther()
    {
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();
        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Lately"), ("birth-date", "2990-01-01"), ("phone", "12"),
            ("email", "nope"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        await FillAsync(page, ("email", "nope@example.com"), ("phone", "555 019 1234"));

        Assert.Equal(["birth-date-error"], page.FindAll("[id$='-error']").Select(error => error.Id!));
        Assert.Equal("#birth-date", Assert.Single(page.FindAll("[data-testid=error-summary] a")).GetAttribute("href"));
    }

    [Fact]
    [Trait("Requirement", "S4-07")]
    [Trait("Requirement", "S1-02")]
    public async Task Register_RightInput_LeadsToThePatientAsTyped()
    {
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();

        await FillAsync(
            page, ("given-name", "Róisín"), ("family-name", "O’Brien-Ñandú"), ("birth-date", "1990-02-03"), ("phone", "(555) 019-1234"),
            ("email", "roisin@example.com"), ("address", "1 Lane"), ("ssn", "900-44-1201"), ("tin", "12-3456789"));
        await page.FindAll("input[type=radio]")[0].ChangeAsync("on");
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        Assert.StartsWith("/patients/", context.Address, StringComparison.Ordinal);
        var patient = await clinic.Host.Get<PatientService>().GetAsync(
            await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception)),
                Guid.Parse(context.Address["/patients/".Length..]), default);
        Assert.Equal(
            ("Róisín", "O’Brien-Ñandú", new DateOnly(1990, 2, 3), Sex.Female, "1201", "6789"),
            (patient.Value.GivenName, patient.Value.FamilyName, patient.Value.BirthDate, patient.Value.Sex, patient.Value.SsnLastFour,
                patient.Value.TinLastFour));
        Assert.Equal(("(555) 019-1234", "roisin@example.com", "1 Lane"), (patient.Value.Phone, patient.Value.Email, patient.Value.Address));
    }

    [Fact]
    [Trait("Requirement", "S2-08")]
    [Trait("Requirement", "S4-10")]
    public async Task Register_WithADoctorAndTheCheckIn_DoesAllThreeOnOneFormAndAlertsNobody()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();
        await page.WaitForElementAsync("#doctor");

        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Arrived"), ("birth-date", "1990-02-03"));
        await context.ChooseAsync(page.Find("#doctor"), (await clinic.People.ActorAsync(doctor)).DisplayName);
        await page.InvokeAsync(() => page.Find("#check-in").ChangeAsync(true));
        Assert.Equal("Register and check in", page.Find("button[type=submit]").TextContent);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        var chart = await clinic.Host.Get<PatientService>().GetAsync(await clinic.People.ActorAsync(doctor),
            Guid.Parse(context.Address["/patients/".Length..]), default);
        Assert.NotNull(chart.Value.OpenVisitId);
        Assert.Equal((doctor.AccountId, GrantKind.CareTeam), chart.Value.Staff.Select(member => (member.AccountId, member.Kind)).Single());
        await clinic.Host.JudgeAsync();
        Assert.Empty(await clinic.Host.AlertsOfAsync(doctor.AccountId));
    }

    [Fact]
    [Trait("Requirement", "S2-08")]
    public async Task Register_WithADoctorWhoLeftMeanwhile_ChecksInAndSaysWhatIsMissing()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();
        await page.WaitForElementAsync("#doctor");
        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Orphaned"), ("birth-date", "1990-02-03"));
        await context.ChooseAsync(page.Find("#doctor"), (await clinic.People.ActorAsync(doctor)).DisplayName);
        await page.InvokeAsync(() => page.Find("#check-in").ChangeAsync(true));

        await clinic.People.SetRolesAsync(doctor, Roles.Reception);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        Assert.EndsWith("?incomplete=true", context.Address, StringComparison.Ordinal);
        var id = Guid.Parse(context.Address["/patients/".Length..context.Address.IndexOf('?', StringComparison.Ordinal)]);
        var chart = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, id));
        await chart.WaitForElementAsync("[data-testid=patient-banner]");
        Assert.Contains("the check-in or the doctor is missing", chart.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Finish visit", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task Register_EnterHeldDown_MakesOnePatient()
    {
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();
        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Heldkey"), ("birth-date", "1990-02-03"));

        await page.InvokeAsync(() => Task.WhenAll(Enumerable.Range(0, 5).Select(_ => page.Find("form").SubmitAsync())));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(1, await db.Set<Patient>().CountAsync(patient => patient.FamilyName == "Heldkey"));
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task Register_SsnOfSomebodyElse_IsRefusedBesideItsField()
    {
        await clinic.People.AddChartAsync(ssn: "900441299");
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();

        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Again"), ("birth-date", "1990-02-03"), ("ssn", "900 44 1299"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        Assert.Contains("registered already", page.Find("#ssn-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Register_RoleTakenAwayMeanwhile_IsRefused()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var page = context.Render<PatientRegisterPage>();

        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Late"), ("birth-date", "1990-02-03"));
        await clinic.People.SetRolesAsync(reception, Roles.Nurse);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task Register_SomebodyMuchAlikeIsKnown_ShowsThemAndAsksForAReason()
    {
        await clinic.People.AddChartAsync("Jonathan", "Smithson");
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();

        await FillAsync(page, ("given-name", "Jonathon"), ("family-name", "Smythson"), ("birth-date", "1980-05-17"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        Assert.Contains("Jonathan Smithson", page.Find("[data-testid=duplicate-candidate]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/", context.Address);
        await page.InvokeAsync(() => page.Find("#duplicate-reason").InputAsync("Cousins, both were here today."));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        Assert.StartsWith("/patients/", context.Address, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task Type_SomebodyMuchAlikeIsKnown_ShowsThemWithoutBeingAsked()
    {
        await clinic.People.AddChartAsync("Wilhelmina", "Achterberg");
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();

        await FillAsync(page, ("given-name", "Wilhelmina"), ("family-name", "Achterberg"), ("birth-date", "1980-05-17"));
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));

        await page.WaitForElementAsync("[data-testid=duplicate-candidate]");
    }

    private async Task<PageContext> OpenAsync() =>
        await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Reception));

    private static async Task FillAsync(IRenderedComponent<PatientRegisterPage> page, params (string Id, string Text)[] fields)
    {
        foreach (var (id, text) in fields)
        {
            await page.InvokeAsync(() => page.Find("#" + id).InputAsync(text));
        }
    }
}
