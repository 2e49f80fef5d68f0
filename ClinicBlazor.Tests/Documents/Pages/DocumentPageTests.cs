using Bunit;
using ClinicBlazor.App.Documents;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents.Pages;

/// <summary>Documents on the pages: whose are shown, to whom, and what can be done with them.</summary>
[Trait("Requirement", "S4-06")]
public sealed class DocumentPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private DocumentService Documents => clinic.Host.Get<DocumentService>();

    [Fact]
    public async Task List_OfADocument_NamesItItsSizeAndWhoAddedIt()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        var row = await clinic.Host.AddDocumentAsync(doctor, new NewDocument(patientId, "X-ray <img src=x>.pdf"));
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);

        var list = await OpenAsync(context, new DocumentScope(patientId));

        var link = list.Find($"[data-document-id='{row.Id}'] a[download]");
        Assert.Equal("X-ray <img src=x>.pdf", link.TextContent);
        Assert.Equal("Download X-ray <img src=x>.pdf", link.GetAttribute("aria-label"));
        Assert.Equal($"/documents/{row.Id}", link.GetAttribute("href"));
        Assert.StartsWith($"PDF, {(row.Bytes + 1023) / 1024} KB · added by {row.AddedBy}, ", list.Find(".meta").TextContent,
            StringComparison.Ordinal);
        Assert.Empty(list.FindAll("[data-testid=document-state]"));
        Assert.Equal($"/documents?patient={patientId}", list.Find("[data-testid=document-upload]").GetAttribute("data-address"));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "C-05")]
    public async Task Place_ChangedToAnotherPatients_LeavesNothingOfEither()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await clinic.Host.AddDocumentAsync(doctor, new NewDocument(patientId, "marigold.pdf"));
        var (other, foreignId) = await AssignedAsync(Roles.Doctor);
        await clinic.Host.AddDocumentAsync(other, new NewDocument(foreignId, "heliotrope.pdf"));
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var list = await OpenAsync(context, new DocumentScope(patientId));
        Assert.Contains("marigold", list.Markup, StringComparison.Ordinal);
        var refused = false;

        list.Render(parameters => parameters.Add(value => value.Scope, new DocumentScope(foreignId))
            .Add(value => value.OnRefused, () => refused = true));
        await list.WaitForStateAsync(() => refused);

        Assert.Empty(list.FindAll("[data-testid=documents]"));
        Assert.DoesNotContain("marigold", list.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("heliotrope", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task List_WhoseReaderLeavesTheCareTeam_KeepsNothingAtTheNextChange()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddPatientAsync();
        var grant = await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.Host.AddDocumentAsync(doctor, new NewDocument(patient.PatientId.Value, "marigold.pdf"));
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var list = await OpenAsync(context, new DocumentScope(patient.PatientId.Value));
        await clinic.Host.ArrangeAsync(
            db => db.Set<AccessGrant>().AsTracking().Single(row => row.Id == grant).End(clinic.Host.Clock.GetUtcNow()));

        var recordId = await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        await clinic.Host.AddDocumentAsync(patient, new NewDocument(patient.PatientId.Value, "heliotrope.pdf", recordId));

        await list.WaitForAssertionAsync(() => Assert.Empty(list.FindAll("[data-testid=documents]")));
        Assert.DoesNotContain("heliotrope", list.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.None)]
    [Trait("Requirement", "S4-01")]
    public async Task List_ForARoleThatReadsNone_IsNotThere(Roles role)
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await clinic.Host.AddDocumentAsync(doctor, new NewDocument(patientId, "marigold.pdf"));
        await using var context = role == Roles.None
            ? await PageContext.OfPatientAsync(clinic.Host, await clinic.People.AddUnlinkedAsync())
            : await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(role));

        var list = context.Render<DocumentList>(parameters => parameters.Add(value => value.Scope, new DocumentScope(patientId)));

        // Awaited to its end: nothing that is drawn tells when there is nothing to draw.
        await list.InvokeAsync(() => list.Instance.SetParametersAsync(ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(DocumentList.Scope)] = new DocumentScope(patientId) { After = "later" } })));

        Assert.Empty(list.FindAll("section"));
    }

    [Fact]
    public async Task InError_WithAReason_HidesItUntilSomebodyAsksForThoseToo()
    {
        var (doctor, patientId) = await AssignedAsync(Roles.Doctor);
        await clinic.Host.AddDocumentAsync(doctor, new NewDocument(patientId, "marigold.pdf"));
        await using var context = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var list = await OpenAsync(context, new DocumentScope(patientId));

        _ = list.InvokeAsync(() => list.Find(".doc button").ClickAsync());
        var dialog = context.Dialogs;
        await dialog.WaitForElementAsync("[data-testid=document-in-error]");
        await dialog.InvokeAsync(() => dialog.Find(".btn-danger-fill").ClickAsync());
        await dialog.WaitForAssertionAsync(
            () => Assert.Contains("Say why the document was entered in error.", dialog.Markup, StringComparison.Ordinal));
        await dialog.InvokeAsync(() => dialog.Find("#reason").InputAsync("Another patient’s letter."));
        await dialog.InvokeAsync(() => dialog.Find(".btn-danger-fill").ClickAsync());

        await list.WaitForAssertionAsync(() => Assert.Empty(list.FindAll(".doc")));
        await using var anew = await PageContext.OfStaffAsync(clinic.Host, doctor);
        var all = await OpenAsync(anew, new DocumentScope(patientId) { WithErrors = true });
        Assert.Equal("Entered in error", all.Find("[data-testid=document-state]").TextContent);
        Assert.Contains("Another patient’s letter.", all.Find(".doc").TextContent, StringComparison.Ordinal);
        Assert.Empty(all.FindAll(".doc button"));
    }

    [Fact]
    public async Task MyDocuments_OfAPatient_ListTheOwnAloneAndTakeNoneWithoutAPlace()
    {
        var patient = await clinic.People.AddPatientAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await clinic.Host.AddDocumentAsync(patient, new NewDocument(patient.PatientId.Value, "marigold.pdf", recordId));
        var (doctor, foreignId) = await AssignedAsync(Roles.Doctor);
        await clinic.Host.AddDocumentAsync(doctor, new NewDocument(foreignId, "heliotrope.pdf"));
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<MyDocumentsPage>();
        await page.WaitForElementAsync("a[download]");

        Assert.Equal("marigold.pdf", Assert.Single(page.FindAll("a[download]")).TextContent);
        Assert.Contains("you added it on", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input, button"));
    }

    [Fact]
    public async Task MyDocuments_OfSomebodyOfTheStaff_AreNotThere()
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Doctor));

        var page = context.Render<MyDocumentsPage>();

        await page.WaitForElementAsync("[data-testid=not-found]");
    }

    [Fact]
    public async Task Unsent_TakenBack_IsGoneAndTheOtherStays()
    {
        var patient = await clinic.People.AddPatientAsync();
        await clinic.Host.AddDocumentAsync(patient, new NewDocument(patient.PatientId!.Value, "marigold.pdf"));
        await clinic.Host.AddDocumentAsync(patient, new NewDocument(patient.PatientId.Value, "heliotrope.pdf"));
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var list = await OpenAsync(context, new DocumentScope(patient.PatientId.Value) { Description = Guid.CreateVersion7() });
        Assert.Equal(2, list.FindAll(".doc").Count);

        await list.FindAll(".doc").Single(row => row.TextContent.Contains("marigold", StringComparison.Ordinal))
            .QuerySelector("button")!.ClickAsync();

        await list.WaitForAssertionAsync(() => Assert.Equal("heliotrope.pdf", Assert.Single(list.FindAll(".doc a")).TextContent));
        Assert.Equal("heliotrope.pdf",
            Assert.Single((await Documents.ListUnattachedAsync(await clinic.People.ActorAsync(patient), default)).Value).FileName);
    }

    private static async Task<IRenderedComponent<DocumentList>> OpenAsync(PageContext context, DocumentScope scope)
    {
        var list = context.Render<DocumentList>(parameters => parameters.Add(value => value.Scope, scope));
        await list.WaitForElementAsync("[data-testid=documents]");
        return list;
    }

    private async Task<(TestPerson Person, Guid PatientId)> AssignedAsync(Roles role)
    {
        var person = await clinic.People.AddStaffAsync(role);
        var patientId = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(person, patientId);
        return (person, patientId);
    }
}
