using Bunit;
using ClinicBlazor.App.MyRecords;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.MyRecords;

/// <summary>A patient's own list of records, and the list of the staff.</summary>
[Trait("Requirement", "S4-01")]
public sealed class MyRecordsPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task Open_Patient_ListsOwnRecordsNewestFirstAndNobodyElses()
    {
        var patient = await clinic.People.AddPatientAsync();
        var other = await clinic.People.AddPatientAsync();
        var older = await AddAsync(patient, "First the knee.");
        var newer = await AddAsync(patient, "Then the <i>hip</i>.");
        await AddAsync(other, "Foreign words.");
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<MyRecordsPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(
            [("Then the <i>hip</i>.", $"/records/{newer}"), ("First the knee.", $"/records/{older}")],
            page.FindAll(".card a").Select(link => (link.TextContent, link.GetAttribute("href")!))));
        Assert.DoesNotContain("Foreign words", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_EachStanding_IsSaidInPlainWords()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await AddAsync(patient, "Waits.");
        await AddAsync(patient, "Has a text.", doctor, "A text.");
        await SignAsync(doctor, patient, await AddAsync(patient, "Is signed.", doctor, "Another text."));
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<MyRecordsPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(
            ["Answered and signed", "Answered, not signed yet", "Waiting for an answer"],
            page.FindAll("[data-testid=record-status]").Select(mark => mark.TextContent)));
        Assert.Equal(2,
            page.FindAll(".meta").Count(line => line.TextContent.EndsWith("Written down by your doctor", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Open_RecordThatWasNeverSignedAndSaysItWas_IsCalledSignedByNobody()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        var recordId = await AddAsync(patient, "Is not signed.", doctor, "A text.");
        await new Intruder(clinic.Host).ForceAsync("UPDATE \"MedicalRecords\" SET \"Status\" = 'Final' WHERE \"Id\" = @p0", recordId);
        await using var own = await PageContext.OfPatientAsync(clinic.Host, patient);
        await using var staff = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var (list, table) = (own.Render<MyRecordsPage>(), staff.Render<MyRecordsPage>());

        await list.WaitForAssertionAsync(() => Assert.Equal("Answered, signature does not match",
            list.Find("[data-testid=record-status]").TextContent));
        await table.WaitForAssertionAsync(() => Assert.Equal("Signature does not hold", table.Find("tbody .st").TextContent));
    }

    [Fact]
    public async Task Older_MoreThanOnePage_ShowsEveryRecordOnce()
    {
        var patient = await clinic.People.AddPatientAsync();
        for (var i = 0; i < 27; i++)
        {
            await AddAsync(patient, $"Number {i:00}");
        }

        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<MyRecordsPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal(25, page.FindAll(".card").Count));
        var first = page.FindAll(".card a").Select(link => link.TextContent).ToList();

        context.GoTo(Assert.Single(page.FindAll("nav a")).GetAttribute("href")!);

        await page.WaitForAssertionAsync(
            () => Assert.Equal(["Number 01", "Number 00"], page.FindAll(".card a").Select(link => link.TextContent)));
        Assert.Equal(Enumerable.Range(2, 25).Reverse().Select(i => $"Number {i:00}"), first);
        Assert.Equal(["/records"], page.FindAll("nav a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Open_PlaceOfAnotherPatientsRecord_ShowsOwnRecordsOnly()
    {
        var patient = await clinic.People.AddPatientAsync();
        var other = await clinic.People.AddPatientAsync();
        await AddAsync(patient, "Mine.");
        var foreign = await AddAsync(other, "Theirs.");
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        context.GoTo($"/records?after={foreign}");

        var page = context.Render<MyRecordsPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Mine."], page.FindAll(".card a").Select(link => link.TextContent)));
    }

    [Fact]
    public async Task Open_NothingSentYet_SaysHowItBegins()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<MyRecordsPage>();

        Assert.Equal("/records/new", (await page.WaitForElementAsync(".actions a")).GetAttribute("href"));
    }

    [Theory]
    [Trait("Requirement", "S1-01")]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.Nurse)]
    public async Task Open_Staff_ListsRecordsOfAssignedPatientsOnly(Roles roles)
    {
        var person = await clinic.People.AddStaffAsync(roles);
        var (mine, another, stranger) = (await clinic.People.AddPatientAsync(), await clinic.People.AddPatientAsync(),
            await clinic.People.AddPatientAsync());
        await clinic.People.AssignAsync(person, mine.PatientId!.Value);
        await clinic.People.AssignAsync(person, another.PatientId!.Value);
        var older = await AddAsync(mine, "First the knee.");
        var newer = await AddAsync(another, "Then the <i>hip</i>.", author: null, diagnosis: null);
        await AddAsync(stranger, "A heliotrope of a stranger.");
        await using var context = await PageContext.OfStaffAsync(clinic.Host, person);

        var page = context.Render<MyRecordsPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(
            [$"/records/{newer}", $"/records/{older}"], page.FindAll("tbody a").Select(link => link.GetAttribute("href")!)));
        Assert.DoesNotContain("heliotrope", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_StaffWithoutPatients_SaysSo()
    {
        var person = await clinic.People.AddStaffAsync(Roles.Nurse);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, person);

        var page = context.Render<MyRecordsPage>();

        Assert.Contains("No records yet", (await page.WaitForElementAsync(".empty")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AdministratorWithoutPatients_ListsNothing()
    {
        var person = await clinic.People.AddStaffAsync(Roles.Administrator);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, person);

        var page = context.Render<MyRecordsPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("No records yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Open_AccountNotLinkedYet_ExplainsWhatToDo()
    {
        var person = await clinic.People.AddUnlinkedAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, person);

        var page = context.Render<MyRecordsPage>();

        await page.WaitForElementAsync("[data-testid=not-linked]");
        Assert.Empty(page.FindAll(".card"));
    }

    private async Task<Guid> AddAsync(TestPerson patient, string symptoms, TestPerson? author = null, string? diagnosis = null)
    {
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return await clinic.People.AddRecordAsync(patient.PatientId!.Value, author ?? patient, symptoms, diagnosis);
    }

    private async Task SignAsync(TestPerson doctor, TestPerson patient, Guid recordId)
    {
        var actor = await clinic.People.ActorAsync(await clinic.People.SignInAgainAsync(doctor));
        await using var db = await clinic.Host.OpenAsync();
        var version = await db.Set<MedicalRecord>().Where(record => record.Id == recordId).Select(record => record.Version).SingleAsync();
        var signed = await clinic.Host.Get<RecordService>()
            .SignAsync(actor, patient.PatientId!.Value, recordId, version, CancellationToken.None);
        Assert.Null(signed.Error);
    }
}
