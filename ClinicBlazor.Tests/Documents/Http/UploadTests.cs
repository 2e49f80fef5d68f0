using System.Net;
using System.Text.RegularExpressions;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Tests.Documents.Content;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents.Http;

/// <summary>Files as they come in: as the body of a request, with what stands in its address and headers.</summary>
[Trait("Requirement", "S4-06")]
public sealed partial class UploadTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Alice = "alice@patient.example";

    [Fact]
    public async Task Upload_ThatComesTwiceUnderOneName_IsOneDocument()
    {
        var (place, pdf, command) = (await PlaceAsync(), Sending.NewPdf(), Guid.CreateVersion7());
        using var visitor = await app.Host.NewVisitorAsync(Alice);

        using var first = await visitor.SendFileAsync(place, pdf, command: command);
        var files = app.Host.FilesOfDocuments().Count;
        using var again = await visitor.SendFileAsync(place, pdf, command: command);

        var taken = await first.TakenAsync();
        Assert.Equal(taken, await again.TakenAsync());
        Assert.Equal(files, app.Host.FilesOfDocuments().Count);
        await using var db = await app.Host.OpenAsync();
        Assert.Single(await db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.DocumentAdded && entry.DocumentId == taken.Id)
            .ToListAsync());
    }

    [Fact]
    public async Task Upload_UnderTheNameOfAnotherFile_IsNotTaken()
    {
        var (place, command) = (await PlaceAsync(), Guid.CreateVersion7());
        using var visitor = await app.Host.NewVisitorAsync(Alice);
        using var first = await visitor.SendFileAsync(place, Sending.NewPdf(), command: command);
        var files = app.Host.FilesOfDocuments().Count;

        using var other = await visitor.SendFileAsync(place, Sending.NewPdf(), command: command);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(files, app.Host.FilesOfDocuments().Count);
    }

    [Theory]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("..\\..\\windows\\win.txt", "win.txt")]
    [InlineData("'; DROP TABLE Documents; --.txt", "'; DROP TABLE Documents; --.txt")]
    [InlineData("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt")]
    [InlineData("Überweisung für Zoë 🩺.txt", "Überweisung für Zoë 🩺.txt")]
    [Trait("Requirement", "S4-08")]
    public async Task Upload_OfAnyName_KeepsItAsTextAndMakesNoPathOfIt(string name, string kept)
    {
        using var visitor = await app.Host.NewVisitorAsync(Alice);

        using var answer = await visitor.SendFileAsync(await PlaceAsync(), "Twice a day, after meals."u8.ToArray(), name);

        Assert.Equal(kept, (await answer.TakenAsync()).Name);
        Assert.All(app.Host.FilesOfDocuments(), file => Assert.Matches(StoredName(), file.Name));
        Assert.DoesNotContain(Directory.EnumerateFiles(app.Host.DataDirectory, "*.txt", SearchOption.AllDirectories),
            file => !file.Contains("audit-anchors", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "S2-12")]
    public async Task Upload_WithoutItsTokenOrItsHeaders_IsNotTaken()
    {
        var place = await PlaceAsync();
        using var visitor = await app.Host.NewVisitorAsync(Alice);
        var (token, before) = (await visitor.TokenAsync(), app.Host.FilesOfDocuments().Count);

        using var bare = await visitor.SendFileAsync(place, new ByteArrayContent(Sending.NewPdf()), token: null);
        using var forged = await visitor.SendFileAsync(place, new ByteArrayContent(Sending.NewPdf()), "forged");
        using var nowhere = await visitor.SendFileAsync("patient=everybody", new ByteArrayContent(Sending.NewPdf()), token);
        using var halfway = await visitor.SendFileAsync($"{place}&visit=last", new ByteArrayContent(Sending.NewPdf()), token);

        Assert.All([bare, forged, nowhere, halfway], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal(before, app.Host.FilesOfDocuments().Count);
    }

    [Theory]
    [InlineData("en-US", "page.png", "<html><script>alert(1)</script></html>", "Files of this kind are not taken.")]
    [InlineData("es-ES", "page.png", "<html><script>alert(1)</script></html>", "No se aceptan archivos de este tipo.")]
    [InlineData("en-US", "drawing.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "Files of this kind are not taken.")]
    [InlineData("en-US", "letter.exe", "MZ", "Files of this kind are not taken.")]
    [InlineData("es-ES", "leer.txt", "", "Este archivo está vacío.")]
    public async Task Upload_OfAFileThatIsNotTaken_SaysWhyInTheReadersLanguageAndLeavesNothing(
        string language, string name, string content, string problem)
    {
        var before = app.Host.FilesOfDocuments().Count;
        using var visitor = await app.Host.NewVisitorAsync(Alice);
        visitor.Http.DefaultRequestHeaders.Add("Accept-Language", language);

        using var answer = await visitor.SendFileAsync(await PlaceAsync(), MadePdf.Bytes(content), name);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(problem, await answer.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal(before, app.Host.FilesOfDocuments().Count);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(false, HttpStatusCode.BadRequest)]
    [Trait("Requirement", "S2-11")]
    public async Task Upload_OfOneByteTooMany_SaysSoAndLeavesNothing(bool saysItsLength, HttpStatusCode status)
    {
        var before = app.Host.FilesOfDocuments().Count;
        var content = new byte[DocumentService.MostBytes + 1];
        using var visitor = await app.Host.NewVisitorAsync(Alice);

        using var answer = await visitor.SendFileAsync(await PlaceAsync(),
            saysItsLength ? new ByteArrayContent(content) : new SlowContent(stream => stream.WriteAsync(content).AsTask()),
            await visitor.TokenAsync());

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("larger than 16 MB", await answer.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal(before, app.Host.FilesOfDocuments().Count);
    }

    private async Task<string> PlaceAsync() =>
        $"patient={await app.Host.PatientOfAsync(Alice)}&record={await app.Host.RecordOfAsync(Alice)}";

    [GeneratedRegex(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.thumb)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex StoredName();
}
