using System.Text;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>A PDF is whole, is nothing else, is open to be looked into, and does nothing.</summary>
[Trait("Requirement", "S4-06")]
public sealed class PdfCheckTests
{
    private const string Active = "This PDF holds scripts, forms that run, or other files. Open it, print it to a new PDF and choose that one.";
    private const string Broken = "This PDF is damaged or not complete. Open it, print it to a new PDF and choose that one.";
    private const string Mixed = "This PDF is mixed with a file of another kind. Open it, print it to a new PDF and choose that one.";

    private static readonly byte[] Zip = FileKindTests.Zip("word/document.xml");

    [Theory]
    [InlineData("/OpenAction[3 0 R/Fit]")]
    [InlineData("/PageMode/UseOutlines/Lang(en)")]
    [InlineData("/URI<</Base(https://clinic.example)>>/Names<</Dests 4 0 R>>")]
    [InlineData("/JSX 1/AAB 2/XFALSE 3/Launcher 4")]
    public async Task Inspect_ADocumentThatIsOnlyRead_IsKeptAsItCame(string catalog)
    {
        var taken = await Inspecting.TakenAsync("letter.pdf", MadePdf.With(catalog));

        Assert.Null(taken.Replacement);
        Assert.Null(taken.Thumbnail);
    }

    [Theory]
    [InlineData("/OpenAction<</S/JavaScript/JS(app.alert(1))>>")]
    [InlineData("/OpenAction<</S/Launch/F(cmd.exe)>>")]
    [InlineData("/OpenAction<</S/GoToE/T<<>>>>")]
    [InlineData("/AcroForm<</XFA 4 0 R>>")]
    [InlineData("/AA<</WC 4 0 R>>")]
    [InlineData("/A<</S/SubmitForm/F(https://evil.example)>>")]
    [InlineData("/A<</S/ImportData/F(x)>>")]
    [InlineData("/Names<</JavaScript 4 0 R>>")]
    [InlineData("/Names<</EmbeddedFiles 4 0 R>>")]
    [InlineData("/Annots[<</Subtype/RichMedia>>]")]
    [InlineData("/A<</S/Rendition/JS 4 0 R>>")]
    [InlineData("/X<</JS(1)>>")]
    [InlineData("/X<</J#53(1)>>")]
    [InlineData("/X<</S/J#61v#61Script>>")]
    [InlineData("/X<</S/#4a#61#76#61#53#63#72#69#70#74>>")]
    [InlineData("/S/Launch")]
    public async Task Inspect_ADocumentThatDoesSomethingOrCarriesFiles_IsRefused(string catalog) =>
        Assert.Equal(Active, await Inspecting.RefusalAsync("letter.pdf", MadePdf.With(catalog)));

    [Fact]
    public async Task Inspect_ADocumentWithAFileInIt_IsRefused() =>
        Assert.Equal(Active, await Inspecting.RefusalAsync("letter.pdf",
            MadePdf.With(objects: MadePdf.Stream("/Type/EmbeddedFile", Zip[..^22]))));

    [Fact]
    public async Task Inspect_AStreamThatOnlySeemsToBeOne_HidesNothing() =>
        Assert.Equal(Active, await Inspecting.RefusalAsync("letter.pdf",
            MadePdf.With(objects: MadePdf.Bytes("<<>>\n% stream\n<</S/JavaScript>>\n% endstream"))));

    [Fact]
    public async Task Inspect_BytesOfAPictureThatLookLikeAShortName_AreNone() =>
        await Inspecting.TakenAsync("scan.pdf",
            MadePdf.With(objects: MadePdf.Stream("/Subtype/Image/Filter/DCTDecode",
                MadePdf.Bytes("\u00ff\u00d8 /JS /AA /XFA <</AA(x)>>"))));

    [Fact]
    public async Task Inspect_AProtectedDocument_SaysToSaveItWithoutProtection() =>
        Assert.Equal("This PDF is protected with a password or restrictions. Save it without protection and choose it again.",
            await Inspecting.RefusalAsync("letter.pdf", MadePdf.With(trailer: "/Encrypt 9 0 R", objects: MadePdf.Stream(
                "/Type/ObjStm/Filter/FlateDecode", [1, 2, 3, 4]))));

    [Theory]
    [InlineData("cut")]
    [InlineData("trailing")]
    [InlineData("version")]
    [InlineData("table")]
    [InlineData("beginning")]
    public async Task Inspect_ADocumentThatIsNotWhole_IsRefused(string how)
    {
        var whole = MadePdf.OnePage;
        var text = Encoding.Latin1.GetString(whole);
        Assert.Equal(Broken, await Inspecting.RefusalAsync("letter.pdf", how switch
        {
            "cut" => whole[..(whole.Length / 2)],
            "trailing" => [.. whole, .. "and more"u8],
            "version" => MadePdf.Bytes(text.Replace("%PDF-1.7", "%PDF-9.7", StringComparison.Ordinal)),
            "table" => MadePdf.Bytes(text.Replace("startxref", "startxxxx", StringComparison.Ordinal)),
            _ => [.. "%PDF-"u8],
        }));
    }

    [Fact]
    public async Task Inspect_ADocumentWithBlanksBehindItsEnd_IsTaken() =>
        await Inspecting.TakenAsync("letter.pdf", [.. MadePdf.OnePage, .. "\r\n \0\0"u8]);

    [Theory]
    [InlineData("archive behind it")]
    [InlineData("archive around its end")]
    [InlineData("page in its beginning")]
    [InlineData("script in its beginning")]
    [InlineData("rar")]
    [InlineData("7z")]
    [InlineData("tar")]
    [InlineData("dicom")]
    [InlineData("iso")]
    public async Task Inspect_ADocumentThatIsSomethingElseToo_IsRefused(string how)
    {
        var whole = MadePdf.OnePage;
        Assert.Equal(Mixed, await Inspecting.RefusalAsync("letter.pdf", how switch
        {
            "archive behind it" => [.. whole, .. Zip],
            "archive around its end" => [.. whole, .. FileKindTests.Zip("word/document.xml", "\nstartxref\n0\n%%EOF\n")],
            "page in its beginning" => Behind(9, "%<HTML><body onload=alert(1)>\n"u8),
            "script in its beginning" => Behind(9, "%<ScRiPt>alert(1)</script>\n"u8),
            "rar" => Behind(9, [.. "%"u8, .. "Rar!\u001A\u0007\u0001\0"u8, .. "\n"u8]),
            "7z" => Behind(9, [.. "%"u8, 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, .. "\n"u8]),
            "tar" => Behind(9, [.. new byte[248], .. "ustar\n"u8]),
            "dicom" => Behind(9, [.. new byte[119], .. "DICM\n"u8]),
            _ => Behind(9, [.. new byte[0x8001 - 9], .. "CD001\n"u8]),
        }));
        byte[] Behind(int at, ReadOnlySpan<byte> more) => [.. whole[..at], .. more, .. whole[at..]];
    }

    [Theory]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("\n")]
    [InlineData("GIF89a\u0001\0\u0001\0")]
    [InlineData("MZ\u0090\0")]
    public async Task Inspect_ADocumentBehindSomethingElse_IsRefused(string before) =>
        Assert.Equal(Mixed, await Inspecting.RefusalAsync("letter.pdf", [.. MadePdf.Bytes(before), .. MadePdf.OnePage]));
}
