using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Patients;

/// <summary>The list of patients, as each role has it.</summary>
public sealed class PatientListPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S4-01")]
    public async Task List_OfADoctor_HoldsAssignedPatientsOnly()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var mine = await clinic.People.AddChartAsync("Mina", "Assigned");
        await clinic.People.AddChartAsync("Fara", "Foreign");
        await clinic.People.AssignAsync(doctor, mine);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = context.Render<PatientListPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Mina Assigned"], Names(page)));
        Assert.DoesNotContain("Foreign", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href='/patients/new']"));
        await SearchAsync(page, "Foreign");
        await page.WaitForElementAsync(".empty");
        Assert.DoesNotContain("Fara", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task List_OfReception_HoldsEverybodyAndNothingClinical()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddChartAsync("Rita", "Receptible");
        await clinic.People.AssignAsync(doctor, patient);
        await clinic.People.AddVisitAsync(patient);
        await clinic.People.AddRecordAsync(patient, doctor, "Zostervoid rash");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        context.GoTo("/patients?q=Receptible");

        var page = context.Render<PatientListPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Rita Receptible"], Names(page)));
        var actor = await clinic.People.ActorAsync(doctor);
        Assert.Contains(actor.DisplayName, page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("In the clinic", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Zostervoid", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    public async Task List_OfADoctorWithoutPatients_SaysHowOneGetsThem()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var page = context.Render<PatientListPage>();

        await page.WaitForAssertionAsync(
            () => Assert.Contains("No patient is assigned to you", page.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "S0-01")]
    public async Task List_OfAnAssignedAdministrator_LeadsToThatChartAndNoOther()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        var patientId = await clinic.People.AddChartAsync("Wanda", "Wayfound");
        await clinic.People.AddChartAsync("Wilma", "Wayless");
        await clinic.People.AssignAsync(administrator, patientId);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, administrator);

        var page = context.Render<PatientListPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Wanda Wayfound"], Names(page)));
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == $"/patients/{patientId}");
    }

    [Fact]
    [Trait("Requirement", "S1-01")]
    [Trait("Requirement", "S4-01")]
    public async Task List_RoleTakenAwayWhileOpen_IsEmptiedByTheNextSearch()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync("Ruth", "Revoked");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        context.GoTo("/patients?q=Revoked");
        var page = context.Render<PatientListPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(["Ruth Revoked"], Names(page)));

        await clinic.People.SetRolesAsync(reception, Roles.Administrator);
        await SearchAsync(page, "Ruth");

        await page.WaitForElementAsync(".empty");
        Assert.DoesNotContain("Ruth Revoked", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("900-61-4401", "900614401")]
    [InlineData("900614402", "900614402")]
    [InlineData("900 61 4403", "900614403")]
    [Trait("Requirement", "S1-02")]
    [Trait("Requirement", "B-10")]
    public async Task Search_BySsn_FindsTheOneMaskedAndStaysOutOfTheAddress(string typed, string ssn)
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync("Sina", $"Numbered{ssn}", ssn);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        context.GoTo("/patients?q=Nobodyhere");
        var page = context.Render<PatientListPage>();
        await page.WaitForElementAsync(".empty");

        await SearchAsync(page, typed);

        await page.WaitForAssertionAsync(() => Assert.Equal([$"Sina Numbered{ssn}"], Names(page)));
        Assert.Equal("/patients", context.Address);
        Assert.EndsWith($"ends in {ssn[^4..]}", page.Find("tbody td:nth-of-type(5)").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(context.Visited, address => address.Any(char.IsDigit));
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task Search_SsnWrittenIntoTheAddress_IsTakenOutOfIt()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        await clinic.People.AddChartAsync("Tilda", "Typed", "900614410");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        context.GoTo("/patients?q=900-61-4410");

        var page = context.Render<PatientListPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Tilda Typed"], Names(page)));
        Assert.Equal("/patients", context.Address);
    }

    [Fact]
    public async Task Search_ByName_StandsInTheAddressAndSurvivesAReload()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        var gone = await clinic.People.AddChartAsync("Ulla", "Searchable");
        await clinic.Host.Get<PatientService>().SetActiveAsync(await clinic.People.ActorAsync(reception), gone, active: false, default);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        var page = context.Render<PatientListPage>();

        await SearchAsync(page, "searchable");
        await page.WaitForElementAsync(".empty");
        await page.Find(".empty .btn-primary").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Ulla Searchable"], Names(page)));
        Assert.Equal("/patients?q=searchable&inactive=True", context.Address);
        var again = context.Render<PatientListPage>();
        await again.WaitForAssertionAsync(() => Assert.Equal(["Ulla Searchable"], Names(again)));
        Assert.Equal("searchable", again.Find("#patient-search").GetAttribute("value"));
    }

    [Fact]
    public async Task List_MoreThanOnePage_GoesOnByTheAddress()
    {
        var reception = await clinic.People.AddStaffAsync(Roles.Reception);
        for (var i = 0; i < 26; i++)
        {
            await clinic.People.AddChartAsync($"Given{i:00}", "Paged");
        }

        await using var context = await PageContext.OfStaffAsync(clinic.Host, reception);
        context.GoTo("/patients?q=paged");
        var page = context.Render<PatientListPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(25, Names(page).Count()));

        context.GoTo(page.Find(".pager a").GetAttribute("href")!);

        await page.WaitForAssertionAsync(() => Assert.Equal(["Given25 Paged"], Names(page)));
        Assert.Equal("/patients?q=paged", page.Find(".pager a").GetAttribute("href"));
    }

    private static IEnumerable<string> Names(IRenderedComponent<PatientListPage> page) =>
        page.FindAll("tbody th a").Select(link => link.TextContent);

    /// <summary>Types a search and sends it with Enter.</summary>
    private static async Task SearchAsync(IRenderedComponent<PatientListPage> page, string text)
    {
        var typing = page.Find("#patient-search").InputAsync(text);
        await page.Find("form").SubmitAsync();
        await typing;
    }
}
