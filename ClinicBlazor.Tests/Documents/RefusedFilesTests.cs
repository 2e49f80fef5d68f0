using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Documents.Content;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Documents;

/// <summary>
/// Of a file that is refused, whatever it hides, nothing is left on the disk: not in the vault, and not in the temporary folder.
/// </summary>
[Trait("Requirement", "S4-06")]
public sealed class RefusedFilesTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;

    private readonly DateTime begun = DateTime.UtcNow.AddSeconds(-1);
    private DomainHost? host;
    private TestPerson? doctor;
    private Guid patientId;

    private DomainHost Host => host!;

    public Task InitializeAsync() => StartAsync(clamd: null);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData("letter.pdf", "document and archive")]
    [InlineData("letter.pdf", "document and page")]
    [InlineData("letter.pdf", "document that runs")]
    [InlineData("letter.pdf", "bomb of objects")]
    [InlineData("letter.pdf", "bomb in a bomb")]
    [InlineData("letter.pdf", "picture")]
    [InlineData("scan.png", "flood of pixels")]
    [InlineData("photo.jpg", "flood of pixels in a photo")]
    [InlineData("photo.jpg", "cut off")]
    [InlineData("photo.png", "drawing")]
    [InlineData("notes.txt", "page")]
    [InlineData("notes.txt", "archive")]
    [InlineData("notes.txt", "one byte too many")]
    [InlineData("../../escape.exe", "picture")]
    public async Task AddAsync_OfAFileThatIsRefused_LeavesNothingOnTheDisk(string name, string kind)
    {
        var content = ContentOf(kind);
        var before = FilesOfTheClinic();

        var refused = await AddAsync(name, content);

        Assert.NotEmpty(TestDocuments.MessageOf(refused));
        Assert.Empty(TestDocuments.Files(Host));
        Assert.Equal(before, FilesOfTheClinic());
        Assert.False(LiesInTheTemporaryFolder(content));
        await using var db = await Host.OpenAsync();
        Assert.Equal(0, await db.Set<Document>().CountAsync());
    }

    [Fact]
    public async Task ScanAsync_OfAVirusByClamdItself_LeavesAnEmptyVault()
    {
        await Host.DisposeAsync();
        await StartAsync((await ClamdServer.GetAsync()).Socket);
        var virus = Encoding.ASCII.GetBytes($"Pain since May. {ClamdServer.Eicar}\n");
        var bad = (await AddAsync("notes.txt", virus)).Value;
        Assert.Equal(DocumentState.Quarantined, bad.State);
        Assert.Equal([$"{bad.Id:D}"], TestDocuments.Files(Host));

        Assert.Equal(1, await Host.Get<DocumentScanner>().ScanAsync(default));

        Assert.Empty(TestDocuments.Files(Host));
        Assert.Equal(DocumentState.Infected, await StateAsync(bad.Id));
        Assert.False(LiesInTheTemporaryFolder(virus));
        var good = (await AddAsync("notes.txt", "Pain since May."u8.ToArray())).Value;
        Assert.Equal(1, await Host.Get<DocumentScanner>().ScanAsync(default));
        Assert.Equal(DocumentState.Available, await StateAsync(good.Id));
    }

    private static byte[] ContentOf(string kind) => kind switch
    {
        "document and archive" => [.. MadePdf.OnePage, .. FileKindTests.Zip("word/document.xml")],
        "document and page" => [.. MadePdf.OnePage[..9], .. "%<HTML><body onload=alert(1)>\n"u8, .. MadePdf.OnePage[9..]],
        "document that runs" => MadePdf.With(objects: MadePdf.ObjectStream("<</S/JavaScript/JS(app.alert(1))>>")),
        "bomb of objects" => MadePdf.With(objects: MadePdf.Stream("/Type/ObjStm/Filter/FlateDecode", MadePdf.Deflate(new byte[2 * MiB]))),
        "bomb in a bomb" => MadePdf.With(objects:
            MadePdf.Stream("/Filter[/FlateDecode/FlateDecode]", MadePdf.Deflate(MadePdf.Deflate(new byte[MiB])))),
        "picture" => MadePictures.Png(),
        "flood of pixels" => MadePictures.PngHeader(30_000, 30_000),
        "flood of pixels in a photo" => MadePictures.Resized(MadePictures.Jpeg(), 30_000, 30_000),
        "cut off" => Half(MadePictures.Jpeg(200, 200)),
        "drawing" => [.. "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8],
        "page" => [.. "<!DOCTYPE html><html><script>alert(1)</script></html>"u8],
        "archive" => FileKindTests.Zip("word/document.xml"),
        _ => TestDocuments.Text((int)DocumentService.MostBytes + 1),
    };

    private static byte[] Half(byte[] whole) => whole[..(whole.Length / 2)];

    // In the folder itself: what lies in folders there is of somebody who made them. What has no length may be a pipe, which never ends.
    private bool LiesInTheTemporaryFolder(byte[] content)
    {
        foreach (var file in new DirectoryInfo(Path.GetTempPath()).EnumerateFiles())
        {
            try
            {
                if (file.Length >= content.Length && file.LastWriteTimeUtc >= begun
                    && File.ReadAllBytes(file.FullName).AsSpan().IndexOf(content) >= 0)
                {
                    return true;
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It went meanwhile, or is another person's.
            }
        }

        return false;
    }

    private string[] FilesOfTheClinic() =>
        [.. Directory.GetFiles(Host.Settings.DataDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private async Task StartAsync(string? clamd)
    {
        host = await DomainHost.StartAsync(DatabaseKind.Sqlite,
            services => services.Configure<ClinicSettings>(settings => settings.Documents.Clamd = clamd));
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patientId = await Host.People.AddChartAsync();
        await Host.People.AssignAsync(doctor, patientId);
    }

    private async Task<Result<DocumentRow>> AddAsync(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await Host.Get<DocumentService>()
            .AddAsync(await Host.People.ActorAsync(doctor!), new NewDocument(patientId, name), stream, default);
    }

    private async Task<DocumentState> StateAsync(Guid id)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<Document>().Where(row => row.Id == id).Select(row => row.State).SingleAsync();
    }
}
