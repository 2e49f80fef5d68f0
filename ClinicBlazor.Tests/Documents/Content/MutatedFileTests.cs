using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Whatever becomes of a file on its way, it is taken or refused, and nothing breaks.</summary>
[Trait("Requirement", "S4-06")]
public sealed class MutatedFileTests
{
    private const int Tries = 500;

    [Theory]
    [InlineData("letter.pdf", DocumentFormat.Pdf, 1)]
    [InlineData("photo.jpg", DocumentFormat.Jpeg, 2)]
    [InlineData("scan.png", DocumentFormat.Png, 3)]
    [InlineData("notes.txt", DocumentFormat.PlainText, 4)]
    public async Task Inspect_FilesChangedAtRandom_AreTakenOrRefused(string name, DocumentFormat format, int seed)
    {
        using var inspector = new ContentInspector();
        var random = new Random(seed);
        var valid = ValidOf(format);
        var (taken, refused) = (0, 0);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            using var changed = new MemoryStream(Change(valid, random));
            var result = await inspector.InspectAsync(name, changed, CancellationToken.None);
            if (result.IsSuccess)
            {
                taken++;
                Assert.Equal(format, result.Value.Format);
                continue;
            }

            refused++;
            Assert.Equal((ErrorKind.Invalid, "File"), (result.Error!.Kind, Assert.Single(result.Error.Fields).Field));
        }

        Assert.True(taken > 0 && refused > 0, $"{taken} taken, {refused} refused.");
    }

    private static byte[] ValidOf(DocumentFormat format) => format switch
    {
        DocumentFormat.Pdf => MadePdf.With("/OpenAction[3 0 R/Fit]", objects:
            [MadePdf.ObjectStream("<</Type/Font>>"), MadePdf.Stream("/Filter/FlateDecode", MadePdf.Deflate(new byte[3000]))]),
        DocumentFormat.Jpeg => MadePictures.WithSegments(MadePictures.Jpeg(), (0xE1, [.. "Exif\0\0"u8, .. MadePictures.Exif(6)])),
        DocumentFormat.Png => MadePictures.WithChunks(MadePictures.Png(), ("eXIf", MadePictures.Exif(6))),
        DocumentFormat.PlainText => FileKindTests.ContentOf(format),
    };

    private static byte[] Change(byte[] valid, Random random)
    {
        List<byte> changed = [.. valid];
        for (var left = random.Next(1, 6); left > 0; left--)
        {
            var at = random.Next(changed.Count);
            var length = Math.Min(random.Next(1, 40), changed.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    changed.InsertRange(at, changed.GetRange(at, length));
                    break;
                case 3:
                    changed.RemoveRange(at, Math.Min(length, changed.Count - 1));
                    break;
                case 4:
                    changed.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)));
                    break;
                default:
                    changed.RemoveRange(Math.Max(1, at), changed.Count - Math.Max(1, at));
                    break;
            }
        }

        return [.. changed];
    }
}
