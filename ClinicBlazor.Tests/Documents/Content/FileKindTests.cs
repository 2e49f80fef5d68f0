using System.IO.Compression;
using System.Text;
using ClinicBlazor.Domain.Documents;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>What a file is, it is by its content; its name must say the same.</summary>
[Trait("Requirement", "S4-06")]
public sealed class FileKindTests
{
    private const string NotTaken = "Files of this kind are not taken. Choose a PDF, a picture in JPEG or PNG format, or a text file (.txt).";

    [Theory]
    [InlineData("letter.pdf", DocumentFormat.Pdf, "pdf", false, false)]
    [InlineData("LETTER.PDF", DocumentFormat.Pdf, "pdf", false, false)]
    [InlineData("malware.exe.pdf", DocumentFormat.Pdf, "pdf", false, false)]
    [InlineData("photo.jpg", DocumentFormat.Jpeg, "jpg", true, true)]
    [InlineData("photo.JPEG", DocumentFormat.Jpeg, "jpg", true, true)]
    [InlineData("scan.png", DocumentFormat.Png, "png", true, true)]
    [InlineData("notes.txt", DocumentFormat.PlainText, "txt", false, false)]
    public async Task Inspect_AFileThatIsWhatItsNameSays_IsTaken(
        string name, DocumentFormat format, string extension, bool replaced, bool hasThumbnail)
    {
        var taken = await Inspecting.TakenAsync(name, ContentOf(format));

        Assert.Equal((format, extension), (taken.Format, taken.Extension));
        Assert.Equal((replaced, hasThumbnail), (taken.Replacement is not null, taken.Thumbnail is not null));
    }

    [Theory]
    [InlineData("photo.pdf", DocumentFormat.Jpeg,
        "The file is called .pdf, but it is a picture in JPEG format. Rename it so that it ends in .jpg, and choose it again.")]
    [InlineData("photo.png", DocumentFormat.Jpeg,
        "The file is called .png, but it is a picture in JPEG format. Rename it so that it ends in .jpg, and choose it again.")]
    [InlineData("photo.heic", DocumentFormat.Jpeg,
        "The file is called .heic, but it is a picture in JPEG format. Rename it so that it ends in .jpg, and choose it again.")]
    [InlineData("scan.jpeg", DocumentFormat.Png,
        "The file is called .jpeg, but it is a picture in PNG format. Rename it so that it ends in .png, and choose it again.")]
    [InlineData("letter.txt", DocumentFormat.Pdf,
        "The file is called .txt, but it is a PDF document. Rename it so that it ends in .pdf, and choose it again.")]
    [InlineData("letter.jpg", DocumentFormat.Pdf,
        "The file is called .jpg, but it is a PDF document. Rename it so that it ends in .pdf, and choose it again.")]
    [InlineData("notes.pdf", DocumentFormat.PlainText,
        "The file is called .pdf, but it is plain text. Choose the document or picture itself, or rename it so that it ends in .txt.")]
    public async Task Inspect_AFileThatIsSomethingElse_SaysWhatItIs(string name, DocumentFormat format, string message) =>
        Assert.Equal(message, await Inspecting.RefusalAsync(name, ContentOf(format)));

    [Theory]
    [InlineData("letter")]
    [InlineData("letter.")]
    [InlineData("letter.pdf.exe")]
    [InlineData("letter.docx")]
    [InlineData("page.html")]
    [InlineData("drawing.svg")]
    [InlineData(".")]
    [InlineData("")]
    public async Task Inspect_ANameOfAnotherKind_SaysWhatIsTaken(string name) =>
        Assert.Equal(NotTaken, await Inspecting.RefusalAsync(name, MadePdf.OnePage));

    [Theory]
    [InlineData("docx")]
    [InlineData("gif")]
    [InlineData("exe")]
    [InlineData("elf")]
    [InlineData("svg")]
    [InlineData("html")]
    [InlineData("tiff")]
    [InlineData("avif")]
    public async Task Inspect_AContentOfAnotherKind_SaysWhatIsTakenWhateverItIsCalled(string kind)
    {
        foreach (var name in (string[])["a.pdf", "a.jpg", "a.png", "a.heic"])
        {
            Assert.Equal(NotTaken, await Inspecting.RefusalAsync(name, Foreign(kind)));
        }
    }

    [Theory]
    [InlineData("docx")]
    [InlineData("gif")]
    [InlineData("exe")]
    [InlineData("elf")]
    public async Task Inspect_ABinaryFileCalledText_SaysWhatIsTaken(string kind) =>
        Assert.Equal(NotTaken, await Inspecting.RefusalAsync("a.txt", Foreign(kind)));

    [Theory]
    [InlineData("photo.heic", "heic")]
    [InlineData("photo.heif", "mif1")]
    [InlineData("photo.jpg", "heix")]
    public async Task Inspect_APhotoInHeic_SaysToSaveItAsJpeg(string name, string brand) =>
        Assert.Equal("This photo is in HEIC format, which cannot be read here. Save it as JPEG and choose it again.",
            await Inspecting.RefusalAsync(name,
                [0, 0, 0, 24, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. "mif1heic"u8]));

    [Theory]
    [InlineData("letter.pdf")]
    [InlineData("notes.txt")]
    public async Task Inspect_AFileOfNoBytes_SaysSo(string name) =>
        Assert.Equal("This file is empty. Choose another one.", await Inspecting.RefusalAsync(name, []));

    internal static byte[] ContentOf(DocumentFormat format) => format switch
    {
        DocumentFormat.Pdf => MadePdf.OnePage,
        DocumentFormat.Jpeg => MadePictures.Jpeg(),
        DocumentFormat.Png => MadePictures.Png(),
        DocumentFormat.PlainText => Encoding.UTF8.GetBytes("Café au lait spots: 3; BP < 120/80.\r\n"),
    };

    private static byte[] Foreign(string kind) => kind switch
    {
        "docx" => Zip("word/document.xml"),
        "gif" => [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B],
        "exe" => [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, 4, 0, .. new byte[80], .. "This program cannot be run in DOS mode."u8],
        "elf" => [0x7F, .. "ELF"u8, 2, 1, 1, 0, .. new byte[56]],
        "svg" => [.. "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8],
        "html" => [.. "<!DOCTYPE html><html><script>alert(1)</script></html>"u8],
        "tiff" => [.. "II*\0"u8, 8, 0, 0, 0, 0, 0],
        _ => [0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0, .. "avifmif1"u8],
    };

    internal static byte[] Zip(string entry, string comment = "")
    {
        var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create) { Comment = comment })
        using (var content = archive.CreateEntry(entry).Open())
        {
            content.Write("<w:document/>"u8);
        }

        return packed.ToArray();
    }
}
