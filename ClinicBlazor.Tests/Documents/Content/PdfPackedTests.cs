using ClinicBlazor.Domain.Documents.Content;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>What a PDF packs is looked into as well, and a bomb does not go off.</summary>
[Trait("Requirement", "S4-06")]
public sealed class PdfPackedTests
{
    private const string Active = "This PDF holds scripts, forms that run, or other files. Open it, print it to a new PDF and choose that one.";
    private const string Unchecked = "This PDF is packed in a way that cannot be checked. Open it, print it to a new PDF and choose that one.";
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task Inspect_PackedObjectsThatAreOnlyRead_AreTaken() =>
        await Inspecting.TakenAsync("letter.pdf", MadePdf.With(objects:
            [MadePdf.ObjectStream("<</Type/Font/BaseFont/Helvetica>>"), Pages(80), XrefLike()]));

    [Theory]
    [InlineData("<</S/JavaScript/JS(app.alert(1))>>")]
    [InlineData("<</S/L#61unch>>")]
    [InlineData("<</JS(1)>>")]
    [InlineData("<</XFA 4 0 R>>")]
    public async Task Inspect_PackedObjectsThatDoSomething_AreRefused(string content) =>
        Assert.Equal(Active, await Inspecting.RefusalAsync("letter.pdf", MadePdf.With(objects: MadePdf.ObjectStream(content))));

    [Theory]
    [InlineData(65_520)]
    [InlineData(65_525)]
    [InlineData(65_530)]
    [InlineData(65_535)]
    [InlineData(131_060)]
    public async Task Inspect_ANameWhereTwoPiecesMeet_IsFound(int blanks) =>
        Assert.Equal(Active, await Inspecting.RefusalAsync("letter.pdf",
            MadePdf.With(objects: MadePdf.ObjectStream(new string(' ', blanks) + "<</S/J#61vaScript>>"))));

    [Theory]
    [InlineData("/Filter[/ASCIIHexDecode/FlateDecode]")]
    [InlineData("/Filter[/FlateDecode/FlateDecode]")]
    [InlineData("/Filter/LZWDecode")]
    [InlineData("/Filter/FlateDecode/DecodeParms<</Predictor 12>>")]
    [InlineData("/Filter 7 0 R")]
    [InlineData("")]
    public async Task Inspect_ObjectsPackedAsNoProgramDoes_AreRefused(string dictionary) =>
        Assert.Equal(Unchecked, await Inspecting.RefusalAsync("letter.pdf",
            MadePdf.With(objects: MadePdf.ObjectStream("<<>>", dictionary))));

    [Fact]
    public async Task Inspect_PackedObjectsThatAreDamaged_AreRefused()
    {
        var packed = MadePdf.Deflate(MadePdf.Bytes("9 0 <</Type/Font>>"));
        packed[4] ^= 0xFF;

        Assert.Equal(Unchecked, await Inspecting.RefusalAsync("letter.pdf",
            MadePdf.With(objects: MadePdf.Stream("/Type/ObjStm/Filter/FlateDecode", [packed[0], packed[1], 0xFF, 0xFF, .. packed[4..]]))));
    }

    [Fact]
    public async Task Inspect_ObjectsInsideWhatOnlySeemsToBeAStream_AreFound()
    {
        byte[] hidden = [.. "<<>>\n% stream\n"u8, .. MadePdf.ObjectStream("<</S/JavaScript>>"), .. "\n% endstream"u8];

        Assert.Contains(await Inspecting.RefusalAsync("letter.pdf", MadePdf.With(objects: hidden)), (string[])[Active, Unchecked]);
    }

    [Fact]
    public async Task Inspect_ObjectsWhoseWordsAreTornApart_AreFound()
    {
        var packed = MadePdf.Deflate(MadePdf.Bytes("9 0 <</S/JavaScript>>"));

        Assert.Contains(await Inspecting.RefusalAsync("letter.pdf", MadePdf.With(objects:
            MadePdf.Stream("/Type/ObjStm/X( stream )/Filter/FlateDecode", packed))), (string[])[Active, Unchecked]);
    }

    [Fact]
    public async Task Inspect_ABombOfObjects_IsRefused() =>
        Assert.Equal(Unchecked, await Inspecting.RefusalAsync("letter.pdf",
            MadePdf.With(objects: MadePdf.Stream("/Type/ObjStm/Filter/FlateDecode", MadePdf.Deflate(new byte[2 * MiB])))));

    [Fact]
    public async Task Inspect_MoreObjectsThanAreLookedInto_AreRefused()
    {
        // Thirty times smaller when packed, which no single stream is refused for.
        var random = new Random(20_261_130);
        var text = new byte[6 * MiB];
        Array.Fill(text, (byte)' ');
        for (var at = 0; at < text.Length; at += 250)
        {
            random.NextBytes(text.AsSpan(at, 6));
        }

        var objects = MadePdf.Stream("/Type/ObjStm/Filter/FlateDecode", MadePdf.Deflate(text));
        const int Fitting = (int)(PdfSearch.MostInObjectStreams / (6 * MiB));
        await Inspecting.TakenAsync("book.pdf", MadePdf.With(objects: [.. Enumerable.Repeat(objects, Fitting)]));
        Assert.Equal(Unchecked, await Inspecting.RefusalAsync("book.pdf",
            MadePdf.With(objects: [.. Enumerable.Repeat(objects, Fitting + 1)])));
    }

    [Fact]
    public async Task Inspect_ABombOfPages_IsRefused()
    {
        var page = MadePdf.Stream("/Filter/FlateDecode", MadePdf.Deflate(new byte[32 * MiB]));
        const int Fitting = (int)(PdfSearch.MostInStreams / (32 * MiB));

        Assert.Equal(Unchecked, await Inspecting.RefusalAsync("scan.pdf",
            MadePdf.With(objects: [.. Enumerable.Repeat(page, Fitting + 1)])));
    }

    [Fact]
    public async Task Inspect_ABombInABomb_IsRefused() =>
        Assert.Equal(Unchecked, await Inspecting.RefusalAsync("scan.pdf", MadePdf.With(objects:
            MadePdf.Stream("/Filter[/FlateDecode/FlateDecode]", MadePdf.Deflate(MadePdf.Deflate(new byte[MiB]))))));

    [Fact]
    public async Task Inspect_MoreStreamsThanAreLookedInto_AreRefused() =>
        Assert.Equal(Unchecked, await Inspecting.RefusalAsync("letter.pdf", MadePdf.With(objects: MadePdf.Bytes(
            string.Concat(Enumerable.Repeat("stream\n", PdfSearch.MostStreams + 1))))));

    [Fact]
    public async Task Inspect_WhoeverGivesUpMeanwhile_IsNotKeptWaiting()
    {
        using var inspector = new ContentInspector();
        using var gone = new CancellationTokenSource();
        using var stream = new MemoryStream(MadePdf.OnePage);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inspector.InspectAsync("letter.pdf", stream, gone.Token));
    }

    private static byte[] Pages(int count) =>
        MadePdf.Stream("/Filter/FlateDecode", MadePdf.Deflate(MadePdf.Bytes(
            string.Concat(Enumerable.Repeat("BT /F1 12 Tf (/JS) Tj ET\n", count)))));

    private static byte[] XrefLike() =>
        MadePdf.Stream("/Type/XRef/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Columns 4/Predictor 12>>", MadePdf.Deflate(new byte[50]));
}
