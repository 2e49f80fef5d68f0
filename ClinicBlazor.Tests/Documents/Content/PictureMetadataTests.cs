using System.Text;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Nothing but the pixels of a picture is kept: neither the place where it was taken, nor what hangs behind it.</summary>
[Trait("Requirement", "S4-06")]
public sealed class PictureMetadataTests
{
    private static readonly byte[] Exif = MadePictures.Exif(1);

    [Fact]
    public async Task Inspect_APhotoWithPlaceAndCamera_KeepsNeither()
    {
        var photo = MadePictures.WithSegments(MadePictures.Jpeg(),
            (0xE1, [.. "Exif\0\0"u8, .. Exif]),
            (0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>HolyCam</x:xmpmeta>"u8]),
            (0xE2, [.. "ICC_PROFILE\0\u0001\u0001HolyCam"u8]),
            (0xED, [.. "Photoshop 3.0\0HolyCam"u8]),
            (0xFE, [.. "HolyCam was here"u8]));

        var taken = await Inspecting.TakenAsync("photo.jpg", photo);

        foreach (var kept in (ReadOnlyMemory<byte>[])[taken.Replacement!.Value, taken.Thumbnail!.Value])
        {
            // JFIF's own header, tables, one frame, one scan.
            Assert.Subset(new HashSet<byte> { 0xE0, 0xDB, 0xC0, 0xC4, 0xDA },
                Segments.OfJpeg(kept.Span).Select(segment => segment.Marker).ToHashSet());
            Assert.DoesNotContain("HolyCam", Encoding.Latin1.GetString(kept.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Inspect_APngWithPlaceAndWords_KeepsNeither()
    {
        var scan = MadePictures.WithChunks(MadePictures.Png(), ("eXIf", Exif), ("tEXt", [.. "Author\0HolyCam"u8]),
            ("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0HolyCam"u8]), ("tIME", [7, 0xEA, 11, 30, 6, 50, 0]));

        var taken = await Inspecting.TakenAsync("scan.png", scan);

        Assert.Subset(new HashSet<string> { "IHDR", "sBIT", "sRGB", "IDAT", "IEND" },
            Segments.OfPng(taken.Replacement!.Value.Span).ToHashSet());
        Assert.DoesNotContain("HolyCam", Encoding.Latin1.GetString(taken.Replacement!.Value.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("scan.png")]
    public async Task Inspect_APictureWithSomethingBehindIt_KeepsThePictureAlone(string name)
    {
        var picture = name == "photo.jpg" ? MadePictures.Jpeg() : MadePictures.Png();
        var alone = (await Inspecting.TakenAsync(name, picture)).Replacement!.Value;
        foreach (var behind in (byte[][])
            [FileKindTests.Zip("word/document.xml"), MadePdf.OnePage, [.. "<html><script>alert(1)</script>"u8], [.. "<?php system('id');"u8]])
        {
            var kept = (await Inspecting.TakenAsync(name, [.. picture, .. behind])).Replacement!.Value;

            Assert.Equal(alone.ToArray(), kept.ToArray());
        }
    }

    [Fact]
    public async Task Inspect_APhotoWithAProgramInAComment_KeepsThePictureAlone()
    {
        var photo = MadePictures.WithSegments(MadePictures.Jpeg(), (0xFE, [.. "<script>alert(1)</script><?php system('id');"u8]));

        var kept = Encoding.Latin1.GetString((await Inspecting.TakenAsync("photo.jpg", photo)).Replacement!.Value.Span);

        Assert.DoesNotContain("script", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("php", kept, StringComparison.Ordinal);
    }
}
