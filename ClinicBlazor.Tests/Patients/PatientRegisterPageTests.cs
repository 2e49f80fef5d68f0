using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;

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

        await FillAsync(page, ("given-name", "Ána"), ("birth-date", "2990-01-01"), ("phone", "12"), ("email", "nope"), ("ssn", "900-12-345"), ("tin", "1"));
        await page.Find("form").SubmitAsync();

        var refused = page.FindAll(".error").Select(error => error.Id!);
        Assert.Equal(["family-name-error", "birth-date-error", "phone-error", "email-error", "ssn-error", "tin-error"], refused);
        Assert.Equal(page.FindAll("[data-testid=error-summary] a").Count, page.FindAll("[aria-invalid=true]").Count);
        Assert.All(page.FindAll("[data-testid=error-summary] a"), link => Assert.Equal("true", page.Find(link.GetAttribute("href")!).GetAttribute("aria-invalid")));
        Assert.Equal("Ána", page.Find("#given-name").GetAttribute("value"));
        Assert.Equal("900-12-345", page.Find("#ssn").GetAttribute("value"));
        Assert.Equal("/", context.Address);
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
        await page.Find("form").SubmitAsync();

        Assert.StartsWith("/patients/", context.Address, StringComparison.Ordinal);
        var patient = await clinic.Host.Get<PatientService>().GetAsync(
            await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception)), Guid.Parse(context.Address["/patients/".Length..]), default);
        Assert.Equal(
            ("Róisín", "O’Brien-Ñandú", new DateOnly(1990, 2, 3), Sex.Female, "1201", "6789"),
            (patient.Value.GivenName, patient.Value.FamilyName, patient.Value.BirthDate, patient.Value.Sex, patient.Value.SsnLastFour, patient.Value.TinLastFour));
        Assert.Equal(("(555) 019-1234", "roisin@example.com", "1 Lane"), (patient.Value.Phone, patient.Value.Email, patient.Value.Address));
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task Register_SsnOfSomebodyElse_IsRefusedBesideItsField()
    {
        await clinic.People.AddChartAsync(ssn: "900441299");
        await using var context = await OpenAsync();
        var page = context.Render<PatientRegisterPage>();

        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Again"), ("birth-date", "1990-02-03"), ("ssn", "900 44 1299"));
        await page.Find("form").SubmitAsync();

        Assert.Contains("registered already", page.Find("#ssn-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Register_RoleTakenAwayMeanwhile_IsRefused()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var page = context.Render<PatientRegisterPage>();
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));

        await clinic.Host.Get<AccountService>().ChangeRolesAsync(administrator, reception.AccountId, Roles.Nurse, default);
        await FillAsync(page, ("given-name", "Ada"), ("family-name", "Late"), ("birth-date", "1990-02-03"));
        await page.Find("form").SubmitAsync();

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.Empty(page.FindAll("form"));
    }

    private async Task<PageContext> OpenAsync() =>
        await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Reception));

    private static async Task FillAsync(IRenderedComponent<PatientRegisterPage> page, params (string Id, string Text)[] fields)
    {
        foreach (var (id, text) in fields)
        {
            await page.Find("#" + id).InputAsync(text);
        }
    }
}
