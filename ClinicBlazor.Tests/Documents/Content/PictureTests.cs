using ClinicBlazor.Domain.Documents.Content;
using SkiaSharp;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Pictures are written anew: upright, no larger than is wanted, and whole.</summary>
[Trait("Requirement", "S4-06")]
public sealed class PictureTests
{
    private const string Broken = "This picture is damaged or not complete. Open it, save it again and choose it anew.";
    private const string TooLarge = "This picture has more than 40 megapixels or a side of more than 12000 pixels. Save a smaller copy and choose that one.";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Inspect_APhotoTakenInAnyPosition_IsKeptUpright(ushort orientation)
    {
        using var upright = MadePictures.Quarters(64, 48);
        var stored = MadePictures.Encode(AsStored(upright, orientation), SKEncodedImageFormat.Jpeg, 95);
        var photo = MadePictures.WithSegments(stored, (0xE1, [.. "Exif\0\0"u8, .. MadePictures.Exif(orientation)]));

        var taken = await Inspecting.TakenAsync("photo.jpg", photo);

        AssertLooksLike(upright, taken.Replacement!.Value);
        AssertLooksLike(upright, taken.Thumbnail!.Value);
    }

    [Fact]
    public async Task Inspect_APng_KeepsEveryPixelAndWhatIsClear()
    {
        using var drawn = MadePictures.Draw(40, 30,
            (x, y) => x < 20 ? new SKColor((byte)(x * 6), (byte)(y * 8), 90) : SKColors.Transparent);
        using var data = drawn.Encode(SKEncodedImageFormat.Png, 100);

        var taken = await Inspecting.TakenAsync("scan.png", data.ToArray());

        using var kept = SKBitmap.Decode(taken.Replacement!.Value.Span);
        Assert.Equal(drawn.Pixels.Take(20), kept.Pixels.Take(20));
        Assert.Equal(0, kept.GetPixel(30, 10).Alpha);
        using var small = SKBitmap.Decode(taken.Thumbnail!.Value.Span);
        Assert.True(small.GetPixel(35, 10).Red > 250, "What is clear is white in a thumbnail.");
    }

    [Theory]
    [InlineData("photo.jpg", 5000, 2500, 4096, 2048)]
    [InlineData("scan.png", 5000, 500, 4096, 410)]
    [InlineData("scan.png", 9000, 2, 4096, 1)]
    public async Task Inspect_ALongPicture_IsMadeSmaller(string name, int width, int height, int keptWidth, int keptHeight)
    {
        var made = name.EndsWith("jpg", StringComparison.Ordinal) ? MadePictures.Jpeg(width, height) : MadePictures.Png(width, height);

        var taken = await Inspecting.TakenAsync(name, made);

        Assert.Equal((keptWidth, keptHeight), SizeOf(taken.Replacement!.Value));
        Assert.Equal((320, Math.Max(1, 320 * height / width)), SizeOf(taken.Thumbnail!.Value));
    }

    [Fact]
    public async Task Inspect_ASmallPicture_HasAThumbnailOfItsOwnSize() =>
        Assert.Equal((64, 48), SizeOf((await Inspecting.TakenAsync("photo.jpg", MadePictures.Jpeg())).Thumbnail!.Value));

    [Fact]
    public async Task Inspect_APictureThatWouldBeTooLong_IsMadeSmaller()
    {
        var random = new Random(7);
        using var noise = new SKBitmap(new SKImageInfo(2600, 2300, SKColorType.Rgba8888, SKAlphaType.Opaque));
        random.NextBytes(noise.GetPixelSpan());
        using var pixels = noise.PeekPixels();
        using var data = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 1))!;
        Assert.True(data.Size > 16 * 1024 * 1024);

        var kept = (await Inspecting.TakenAsync("scan.png", data.ToArray())).Replacement!.Value;

        Assert.True(kept.Length <= 16 * 1024 * 1024);
        Assert.Equal((2048, 1812), SizeOf(kept));
    }

    [Fact]
    public async Task Inspect_APhotoInTheColoursOfAPress_IsKeptInThoseOfAScreen()
    {
        var kept = (await Inspecting.TakenAsync("photo.jpg", MadePictures.Cmyk)).Replacement!.Value;

        Assert.Equal((8, 8), SizeOf(kept));
        Assert.DoesNotContain((byte)4,
            Segments.OfJpeg(kept.Span).Where(segment => segment.Marker == 0xC0).Select(segment => segment.Content[5]));
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(12_001, 1)]
    [InlineData(1, 12_001)]
    [InlineData(8_000, 5_001)]
    public async Task Inspect_AFloodOfPixels_IsRefusedBeforeItIsDecoded(int width, int height)
    {
        Assert.Equal(TooLarge, await Inspecting.RefusalAsync("scan.png", MadePictures.PngHeader(width, height)));
        Assert.Equal(TooLarge,
            await Inspecting.RefusalAsync("photo.jpg", MadePictures.Resized(MadePictures.Jpeg(), (ushort)width, (ushort)height)));
    }

    [Theory]
    [InlineData("photo.jpg", 2)]
    [InlineData("photo.jpg", 30)]
    [InlineData("scan.png", 2)]
    [InlineData("scan.png", 30)]
    public async Task Inspect_APictureThatIsCutOff_IsRefused(string name, int part)
    {
        var whole = name == "photo.jpg" ? MadePictures.Jpeg(200, 200) : MadePictures.Png(200, 200);

        Assert.Equal(Broken, await Inspecting.RefusalAsync(name, whole[..(whole.Length / part)]));
    }

    [Fact]
    public async Task Inspect_APhotoInEndlessPasses_IsRefused()
    {
        await Inspecting.TakenAsync("photo.jpg", MadePictures.InPasses(20));

        Assert.Equal(Broken, await Inspecting.RefusalAsync("photo.jpg", MadePictures.InPasses(1000)));
    }

    [Fact]
    public async Task Inspect_APngThatOnlySaysItIsAPicture_IsRefused() =>
        Assert.Equal(Broken, await Inspecting.RefusalAsync("scan.png", MadePictures.PngHeader(2000, 2000)));

    [Fact]
    public async Task Inspect_ManyPicturesAtOnce_LooksAtTwo()
    {
        using var inspector = new ContentInspector();
        var streams = Enumerable.Range(0, 3).Select(_ => new HeldStream(MadePictures.Jpeg())).ToList();
        var looking = streams.Select(stream => inspector.InspectAsync("photo.jpg", stream, CancellationToken.None)).ToList();

        await streams[0].Begun.Task;
        await streams[1].Begun.Task;
        Assert.False(streams[2].Begun.Task.IsCompleted);
        streams[1].Go.SetResult();
        Assert.True((await looking[1]).IsSuccess);
        await streams[2].Begun.Task;

        streams[0].Go.SetResult();
        streams[2].Go.SetResult();
        Assert.All(await Task.WhenAll(looking), result => Assert.True(result.IsSuccess));
        Assert.Equal(2, ContentInspector.PicturesAtOnce);
    }

    // Exif 2.32, section 4.6.4, tag 0x0112, read the other way round: what a camera in that position stores of an upright picture.
    private static SKBitmap AsStored(SKBitmap upright, int orientation)
    {
        var (right, bottom) = (upright.Width - 1, upright.Height - 1);
        var lies = orientation >= 5;
        return MadePictures.Draw(lies ? upright.Height : upright.Width, lies ? upright.Width : upright.Height, (x, y) => orientation switch
        {
            1 => upright.GetPixel(x, y),
            2 => upright.GetPixel(right - x, y),
            3 => upright.GetPixel(right - x, bottom - y),
            4 => upright.GetPixel(x, bottom - y),
            5 => upright.GetPixel(y, x),
            6 => upright.GetPixel(right - y, x),
            7 => upright.GetPixel(right - y, bottom - x),
            _ => upright.GetPixel(y, bottom - x),
        });
    }

    private static void AssertLooksLike(SKBitmap upright, ReadOnlyMemory<byte> kept)
    {
        using var picture = SKBitmap.Decode(kept.Span);
        Assert.Equal((upright.Width, upright.Height), (picture.Width, picture.Height));
        foreach (var (x, y) in ((int, int)[])[(8, 8), (55, 8), (8, 39), (55, 39)])
        {
            var (wanted, got) = (upright.GetPixel(x, y), picture.GetPixel(x, y));
            Assert.True(Math.Abs(wanted.Red - got.Red) < 12 && Math.Abs(wanted.Green - got.Green) < 12
                && Math.Abs(wanted.Blue - got.Blue) < 12, $"({x}, {y}) is {got} instead of {wanted}.");
        }
    }

    private static (int Width, int Height) SizeOf(ReadOnlyMemory<byte> picture)
    {
        using var data = SKData.CreateCopy(picture.Span);
        using var codec = SKCodec.Create(data);
        return (codec.Info.Width, codec.Info.Height);
    }
}
