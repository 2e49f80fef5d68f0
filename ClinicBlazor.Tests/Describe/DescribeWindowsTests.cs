using Bunit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Describe;

/// <summary>A description is sent in one window while its person types on in another.</summary>
[Trait("Requirement", "B-06")]
[Trait("Requirement", "B-07")]
public sealed class DescribeWindowsTests
{
    [Fact]
    public async Task Send_WhileTheOtherWindowGoesOnTyping_SendsNothingAndAsksWhichTextCounts()
    {
        var interference = new Interference();
        await using var host = await interference.StartAsync(DatabaseKind.Sqlite);
        var patient = await host.People.AddPatientAsync();
        var (actor, drafts) = (await host.People.ActorAsync(patient), host.Get<DraftService>());
        await using var context = await PageContext.OfPatientAsync(host, patient);
        var page = await DescribePageTests.ReviewAsync(context, "A cough.");
        var found = (await drafts.FindAsync(actor, patient.PatientId!.Value, DraftService.NewRecordForm, default)).Value!.SavedAt;

        // The first save is the entry that the page has looked for the draft, the second one the record.
        interference.BeforeNextSave(() =>
        {
            interference.BeforeNextSave(() => drafts.SaveOverAsync(
                actor, patient.PatientId.Value, DraftService.NewRecordForm, """{"Symptoms":"A cough, and more."}""", found, default));
            return Task.CompletedTask;
        });
        await page.Find("form").SubmitAsync();

        await page.WaitForElementAsync("[data-testid=written-elsewhere]");
        Assert.DoesNotContain("sent already", page.Markup, StringComparison.Ordinal);
        await using var db = await host.OpenAsync();
        Assert.False(await db.Set<MedicalRecord>().AnyAsync());
    }
}
