using Bunit;
using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Documents;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Describe;

/// <summary>A description is not sent while a photo of it is still on its way.</summary>
[Trait("Requirement", "S4-06")]
public sealed class DescribeUploadTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task Send_WhileAFileIsOnItsWay_WaitsForItAndSaysSo()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var (page, upload) = await OpenAsync(context);
        Assert.Empty(page.FindAll("#send-waits"));

        await upload.InvokeAsync(() => upload.Instance.SetBusyAsync(true));
        await page.Find("form").SubmitAsync();

        Assert.Equal("A photo or document is still on its way. You can send as soon as it has arrived.",
            page.Find("#send-waits[role=status]").TextContent);
        var button = page.Find("button[type=submit]");
        Assert.True(button.HasAttribute("disabled"));
        Assert.Equal("send-waits", button.GetAttribute("aria-describedby"));
        Assert.Equal(0, await RecordsAsync(patient));

        await upload.InvokeAsync(() => upload.Instance.SetBusyAsync(false));
        Assert.Empty(page.FindAll("#send-waits"));
        await page.Find("form").SubmitAsync();
        await page.WaitForElementAsync("[data-testid=sent]");
        Assert.Equal(1, await RecordsAsync(patient));
    }

    [Fact]
    public async Task Send_AfterTheQuestionsWereGoneBackToMeanwhile_WaitsForNothing()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var (page, upload) = await OpenAsync(context);
        await upload.InvokeAsync(() => upload.Instance.SetBusyAsync(true));

        // Whoever leaves the screen gives up what is on its way there.
        context.JSInterop.Setup<bool>("confirm", _ => true).SetResult(true);
        context.GoTo("/records/new?step=severity&change=true");
        await page.WaitForAssertionAsync(() => Assert.Equal("How strong is it?", page.Find("h1").TextContent));
        await DescribePageTests.ContinueAsync(page, "Check your answers");

        Assert.Empty(page.FindAll("#send-waits"));
        Assert.False(page.Find("button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Upload_OfADescription_NamesIt()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var (page, _) = await OpenAsync(context);

        var draft = await clinic.Host.Get<DraftService>().FindAsync(await clinic.People.ActorAsync(patient), patient.PatientId!.Value,
            DraftService.NewRecordForm, default);

        Assert.EndsWith($"&description={ProblemAnswers.FromDraft(draft.Value!.Body).Command:D}",
            page.Find("[data-testid=document-upload]").GetAttribute("data-address"), StringComparison.Ordinal);
    }

    private static async Task<(IRenderedComponent<DescribePage> Page, IRenderedComponent<DocumentUpload> Upload)> OpenAsync(
        PageContext context)
    {
        var page = await DescribePageTests.ReviewAsync(context, "My knee.");
        await page.WaitForElementAsync("[data-testid=document-upload]");
        return (page, page.FindComponent<DocumentUpload>());
    }

    private async Task<int> RecordsAsync(TestPerson patient)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<MedicalRecord>().CountAsync(record => record.PatientId == patient.PatientId);
    }
}
