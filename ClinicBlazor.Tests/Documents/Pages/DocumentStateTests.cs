using Bunit;
using ClinicBlazor.App.Documents;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Documents.Pages;

/// <summary>What a list of documents says of each while it is looked through for viruses, without anybody asking again.</summary>
[Trait("Requirement", "S4-06")]
public sealed class DocumentStateTests
{
    [Theory]
    [InlineData(ScanVerdict.Clean, "Available", null)]
    [InlineData(ScanVerdict.Infected, "Infected", "Removed: a virus was found")]
    public async Task List_OfADocumentThatIsLookedThrough_SaysWhereItStandsAndOpensItWhenItIsClean(
        ScanVerdict verdict, string state, string? words)
    {
        var scanner = new SetScanner { Says = _ => verdict };
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite, services => services.AddSingleton<IVirusScanner>(scanner));
        var doctor = await host.People.AddStaffAsync(Roles.Doctor);
        var patientId = await host.People.AddChartAsync();
        await host.People.AssignAsync(doctor, patientId);
        await host.AddDocumentAsync(doctor, new NewDocument(patientId, "letter.pdf"));
        await using var context = await PageContext.OfStaffAsync(host, doctor);
        var list = context.Render<DocumentList>(parameters => parameters.Add(value => value.Scope, new DocumentScope(patientId)));
        await list.WaitForElementAsync("[data-state=Quarantined]");
        Assert.Equal("Being checked for viruses", list.Find("[data-testid=document-state]").TextContent);
        Assert.Empty(list.FindAll("a[download]"));

        await host.Get<DocumentScanner>().ScanAsync(default);

        await list.WaitForElementAsync($"[data-state={state}]");
        Assert.Equal(words, list.FindAll("[data-testid=document-state]").SingleOrDefault()?.TextContent);
        Assert.Equal(verdict == ScanVerdict.Clean ? 1 : 0, list.FindAll("a[download]").Count);
    }
}
