using Bunit;
using ClinicBlazor.App.Patients;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Patients;

/// <summary>A doctor's new record is saved, or thrown away, in one window while its text goes on in another.</summary>
[Trait("Requirement", "B-06")]
[Trait("Requirement", "B-07")]
public sealed class NewRecordWindowsTests : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;
    private TestPerson? doctor;
    private Guid patientId;

    private DomainHost Host => host!;

    public async Task InitializeAsync()
    {
        host = await interference.StartAsync(DatabaseKind.Sqlite);
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(doctor, patientId);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Save_WhileTheOtherWindowGoesOnTyping_WritesNothingAndAsksWhichTextCounts()
    {
        await TypeElsewhereAsync("Both began with this.");
        await using var context = await PageContext.OfStaffAsync(Host, doctor!);
        var page = await OpenAsync(context);
        interference.BeforeNextSave(() => TypeElsewhereAsync("The other window."));

        await page.Find("form").SubmitAsync();

        await page.WaitForElementAsync("[data-testid=written-elsewhere]");
        await using var db = await Host.OpenAsync();
        Assert.False(await db.Set<MedicalRecord>().AnyAsync());
    }

    [Fact]
    public async Task ThrowAway_OfATextThatTheOtherWindowHasSavedSince_KeepsItAndAsks()
    {
        await TypeElsewhereAsync("Both began with this.");
        await using var context = await PageContext.OfStaffAsync(Host, doctor!);
        var page = await OpenAsync(context);
        await TypeElsewhereAsync("The other window.");

        var asking = page.FindAll("button").Single(button => button.TextContent == "Throw the draft away").ClickAsync();
        await (await context.Dialogs.WaitForElementAsync("[data-testid=discard-draft] .btn-danger-fill")).ClickAsync();
        await asking;

        await page.WaitForElementAsync("[data-testid=written-elsewhere]");
        var kept = await Host.Get<DraftService>()
            .FindAsync(await Host.People.ActorAsync(doctor!), patientId, DraftService.NewRecordForm, default);
        Assert.Contains("The other window.", kept.Value!.Body, StringComparison.Ordinal);
    }

    private async Task TypeElsewhereAsync(string symptoms) => await Host.Get<DraftService>().SaveAsync(
        await Host.People.ActorAsync(doctor!), patientId, DraftService.NewRecordForm, $$"""{"Symptoms":"{{symptoms}}"}""", default);

    private async Task<IRenderedComponent<NewRecordPage>> OpenAsync(PageContext context)
    {
        var page = context.Render<NewRecordPage>(parameters => parameters.Add(value => value.Id, patientId));
        await page.WaitForElementAsync("#symptoms");
        return page;
    }
}
