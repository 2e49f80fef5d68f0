using SkiaSharp;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>Draws a picture the way up that its camera says, and no larger than is wanted.</summary>
internal static class PictureDrawing
{
    /// <summary>
    /// A copy of <paramref name="source"/>, upright, with no side longer than <paramref name="longest"/>, on white where it is
    /// opaque and the source was not. It carries no colour profile: what carries none is sRGB.
    /// </summary>
    public static SKBitmap Draw(SKBitmap source, SKEncodedOrigin origin, int longest, SKAlphaType alpha)
    {
        var scale = Math.Min(1d, longest / (double)Math.Max(source.Width, source.Height));
        var (width, height) = (Scaled(source.Width, scale), Scaled(source.Height, scale));
        var lies = origin >= SKEncodedOrigin.LeftTop;
        var target = new SKBitmap(
            new SKImageInfo(lies ? height : width, lies ? width : height, SKColorType.Rgba8888, alpha));
        using var canvas = new SKCanvas(target);
        canvas.Clear(alpha == SKAlphaType.Opaque ? SKColors.White : SKColors.Transparent);
        canvas.SetMatrix(Upright(origin, width, height));
        canvas.DrawBitmap(source, new SKRect(0, 0, width, height),
            scale < 1 ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Nearest) : SKSamplingOptions.Default);
        return target;
    }

    private static int Scaled(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));

    // Exif 2.32, section 4.6.4, tag 0x0112: where the first row and the first column of the stored picture belong.
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopLeft => SKMatrix.Identity,
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
    };
}
