using SkiaSharp;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>
/// Writes a picture anew from its pixels: upright, and with nothing that stood beside them (place, camera, comments, colour
/// profile, whatever hung behind its end).
/// </summary>
internal static class PictureRewriter
{
    /// <summary>The longest side of what is kept.</summary>
    public const int LongestKept = 4096;

    /// <summary>The longest side of a thumbnail.</summary>
    public const int LongestThumbnail = 320;

    private const int MostMegapixels = 40;
    private const int LongestSide = 12_000;
    private const int Quality = 90;
    private const int ThumbnailQuality = 80;

    /// <summary>What is kept of a picture, and its thumbnail.</summary>
    public static Result<InspectedContent> Rewrite(byte[] content, DocumentFormat format, CancellationToken ct)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != FormatOf(format))
        {
            return Refused(DocumentMessages.PictureBroken);
        }

        // The size stands at the beginning: a few bytes that claim a huge picture are refused before memory is taken for it.
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (Math.Max(width, height) > LongestSide || (long)width * height > MostMegapixels * 1_000_000L)
        {
            return Refused(new Message(DocumentMessages.PictureTooLarge, MostMegapixels, LongestSide));
        }

        using var decoded = Decode(codec);
        ct.ThrowIfCancellationRequested();
        return decoded is null ? Refused(DocumentMessages.PictureBroken) : Write(decoded, codec.EncodedOrigin, format, ct);
    }

    private static Result<InspectedContent> Write(SKBitmap decoded, SKEncodedOrigin origin, DocumentFormat format, CancellationToken ct)
    {
        // A PNG that was packed better than it is here may become longer than a document may be: then it becomes smaller.
        for (var longest = LongestKept; ; longest /= 2)
        {
            using var upright = PictureDrawing.Draw(decoded, origin, longest, decoded.Info.AlphaType);
            var kept = Encode(upright, FormatOf(format), Quality);
            ct.ThrowIfCancellationRequested();
            if (kept.Length <= DocumentService.MostBytes)
            {
                upright.SetImmutable();
                using var small = PictureDrawing.Draw(upright, SKEncodedOrigin.TopLeft, LongestThumbnail, SKAlphaType.Opaque);
                return new InspectedContent(format, format == DocumentFormat.Jpeg ? "jpg" : "png", kept,
                    Encode(small, SKEncodedImageFormat.Jpeg, ThumbnailQuality));
            }
        }
    }

    /// <summary>The pixels in sRGB, those of a JPEG no more than are needed; null when they are not all there.</summary>
    private static SKBitmap? Decode(SKCodec codec)
    {
        var scale = Math.Min(1f, LongestKept / (float)Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(scale);
        using var srgb = SKColorSpace.CreateSrgb();
        var alpha = codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var bitmap = new SKBitmap();
        if (bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, alpha, srgb))
            && codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
        {
            bitmap.SetImmutable();
            return bitmap;
        }

        bitmap.Dispose();
        return null;
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality)
    {
        using var encoded = bitmap.Encode(format, quality);
        return encoded.ToArray();
    }

    private static SKEncodedImageFormat FormatOf(DocumentFormat format) =>
        format == DocumentFormat.Jpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png;

    private static Result<InspectedContent> Refused(Message message) => Error.Invalid(DocumentIntake.Field, message);
}
