using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>A QR code as the data of one SVG path: a square of 1 × 1 for each dark module.</summary>
/// <param name="Size">Side length, the quiet zone included.</param>
/// <param name="Path">The dark modules.</param>
public sealed record EnrolmentQr(int Size, string Path)
{
    /// <summary>Draws a text with error correction level M.</summary>
    public static EnrolmentQr Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            AddRow(path, code.ModuleMatrix[y], y);
        }

        return new EnrolmentQr(code.ModuleMatrix.Count, path.ToString());
    }

    private static void AddRow(StringBuilder path, BitArray row, int y)
    {
        for (var x = 0; x < row.Count;)
        {
            var start = x;
            while (x < row.Count && row[x])
            {
                x++;
            }

            if (x > start)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1H{start}z");
            }
            else
            {
                x++;
            }
        }
    }
}
