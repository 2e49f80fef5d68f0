using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Tests.Documents.Http;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Documents.Pages;

/// <summary>Documents that stand there before a page is opened.</summary>
internal static class AddedDocuments
{
    public static async Task<DocumentRow> AddDocumentAsync(this DomainHost host, TestPerson person, NewDocument what)
    {
        using var content = new MemoryStream(Sending.NewPdf());
        return (await host.Get<DocumentService>().AddAsync(await host.People.ActorAsync(person), what, content, default)).Value;
    }
}
