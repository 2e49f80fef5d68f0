using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Pictures, and what stands beside the pixels in them.</summary>
internal static class MadePictures
{
    /// <summary>A JPEG of 8 × 8 grey pixels in four components, as presses use them.</summary>
    public static byte[] Cmyk { get; } =
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0x00, 0x43, 0x00, .. Enumerable.Repeat((byte)1, 64),
        0xFF, 0xC0, 0x00, 0x14, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
        0xFF, 0xC4, 0x00, 0x14, 0x00, 1, .. new byte[15], 0,
        0xFF, 0xC4, 0x00, 0x14, 0x10, 1, .. new byte[15], 0,
        0xFF, 0xDA, 0x00, 0x0E, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0, 0x00,
        0xFF, 0xD9,
    ];

    /// <summary>A JPEG of 8 × 8 grey pixels that comes in so many passes, each of which a decoder goes through.</summary>
    public static byte[] InPasses(int passes) =>
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0x00, 0x43, 0x00, .. Enumerable.Repeat((byte)1, 64),
        0xFF, 0xC2, 0x00, 0x0B, 8, 0, 8, 0, 8, 1, 1, 0x11, 0,
        0xFF, 0xC4, 0x00, 0x14, 0x00, 1, .. new byte[15], 0,
        0xFF, 0xC4, 0x00, 0x14, 0x10, 1, .. new byte[15], 0,
        0xFF, 0xDA, 0x00, 0x08, 1, 1, 0, 0, 0, 0, 0x00,
        .. Enumerable.Repeat((byte[])[0xFF, 0xDA, 0x00, 0x08, 1, 1, 0, 1, 63, 0, 0x00], passes - 1).SelectMany(pass => pass),
        0xFF, 0xD9,
    ];

    public static byte[] Jpeg(int width = 64, int height = 48, int quality = 95) =>
        Encode(Quarters(width, height), SKEncodedImageFormat.Jpeg, quality);

    public static byte[] Png(int width = 64, int height = 48) => Encode(Quarters(width, height), SKEncodedImageFormat.Png, 100);

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality)
    {
        using (bitmap)
        using (var data = bitmap.Encode(format, quality))
        {
            return data.ToArray();
        }
    }

    /// <summary>Four quarters of one colour each: red and green above blue and black.</summary>
    public static SKBitmap Quarters(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(SKColors.Black);
        bitmap.Erase(SKColors.Red, new SKRectI(0, 0, width / 2, height / 2));
        bitmap.Erase(SKColors.Lime, new SKRectI(width / 2, 0, width, height / 2));
        bitmap.Erase(SKColors.Blue, new SKRectI(0, height / 2, width / 2, height));
        return bitmap;
    }

    public static SKBitmap Draw(int width, int height, Func<int, int, SKColor> colour)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Pixels = [.. Enumerable.Range(0, width * height).Select(at => colour(at % width, at / width))];
        return bitmap;
    }

    /// <summary>A JPEG with more segments behind its first two bytes.</summary>
    public static byte[] WithSegments(byte[] jpeg, params (byte Marker, byte[] Content)[] segments) =>
    [
        .. jpeg[..2],
        .. segments.SelectMany(segment => (byte[])
            [0xFF, segment.Marker, .. BigEndian((ushort)(segment.Content.Length + 2)), .. segment.Content]),
        .. jpeg[2..],
    ];

    /// <summary>A PNG with more chunks behind its header.</summary>
    public static byte[] WithChunks(byte[] png, params (string Type, byte[] Content)[] chunks) =>
        [.. png[..33], .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Content)), .. png[33..]];

    /// <summary>A PNG that says it is so large, and holds no pixels.</summary>
    public static byte[] PngHeader(int width, int height) =>
    [
        .. Png()[..8], .. Chunk("IHDR", [.. BigEndian((uint)width), .. BigEndian((uint)height), 8, 6, 0, 0, 0]),
        .. Chunk("IDAT", MadePdf.Deflate(new byte[100])), .. Chunk("IEND", []),
    ];

    /// <summary>The same JPEG, saying that it is of another size.</summary>
    public static byte[] Resized(byte[] jpeg, ushort width, ushort height)
    {
        var at = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        return [.. jpeg[..(at + 5)], .. BigEndian(height), .. BigEndian(width), .. jpeg[(at + 9)..]];
    }

    /// <summary>Exif with an orientation, a maker and a place (Exif 2.32, section 4.6), in the order of bytes of Intel.</summary>
    public static byte[] Exif(ushort orientation)
    {
        var maker = "HolyCam\0"u8.ToArray();
        var (makerAt, placeAt) = (8 + 2 + (3 * 12) + 4, 8 + 2 + (3 * 12) + 4 + maker.Length);
        return
        [
            .. "II*\0"u8, .. Little(8u), .. Little((ushort)3),
            .. Entry(0x010F, 2, (uint)maker.Length, (uint)makerAt),
            .. Entry(0x0112, 3, 1, orientation),
            .. Entry(0x8825, 4, 1, (uint)placeAt),
            .. Little(0u), .. maker,
            .. Little((ushort)1), .. Entry(1, 2, 2, 'N'), .. Little(0u),
        ];
    }

    private static byte[] Entry(ushort tag, ushort type, uint count, uint value) =>
        [.. Little(tag), .. Little(type), .. Little(count), .. Little(value)];

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. BigEndian((uint)content.Length), .. named, .. BigEndian(Crc(named))];
    }

    // The checksum of PNG (ISO/IEC 15948, section 5.5).
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static byte[] BigEndian(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Little(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
