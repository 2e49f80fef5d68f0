using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Patients;

/// <summary>Staff find again what was entered in error.</summary>
[Trait("Requirement", "B-03")]
public sealed class ErroneousRecordsTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task Records_EnteredInError_StandInNoListUntilTheyAreAskedFor()
    {
        var (doctor, nurse) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Nurse));
        var patientId = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(doctor, patientId);
        await clinic.People.AssignAsync(nurse, patientId);
        var recordId = await clinic.People.AddRecordAsync(patientId, doctor, "Of another patient.");
        var records = clinic.Host.Get<RecordService>();
        var version = (await records.GetAsync(await clinic.People.ActorAsync(doctor), recordId, default)).Value.Version;
        Assert.True(
            (await records.MarkEnteredInErrorAsync(await clinic.People.ActorAsync(doctor), patientId, recordId, "Wrong chart.", version,
            default)).IsSuccess);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);
        var page = context.Render<PatientRecordsPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync(".empty");
        Assert.Empty(page.FindAll($"a[href='/records/{recordId}']"));

        await page.FindAll("button").Single(button => button.TextContent == "Show records entered in error").ClickAsync();

        await page.WaitForElementAsync($"[data-testid=records-in-error] a[href='/records/{recordId}']");
        Assert.Contains("Entered in error", page.Find("[data-testid=records-in-error]").TextContent, StringComparison.Ordinal);
    }
}
