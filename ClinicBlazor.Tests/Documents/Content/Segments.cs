using System.Buffers.Binary;
using System.Text;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>The parts of a picture's file, as its format says; fails on bytes that belong to none.</summary>
internal static class Segments
{
    /// <summary>The segments of a JPEG from its beginning to its first scan (ITU-T T.81, annex B).</summary>
    public static IReadOnlyList<(byte Marker, byte[] Content)> OfJpeg(ReadOnlySpan<byte> jpeg)
    {
        Assert.True(jpeg is [0xFF, 0xD8, .., 0xFF, 0xD9], "A JPEG begins and ends as one.");
        var found = new List<(byte, byte[])>();
        for (var at = 2; ;)
        {
            Assert.Equal(0xFF, jpeg[at]);
            var (marker, length) = (jpeg[at + 1], BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]));
            found.Add((marker, jpeg.Slice(at + 4, length - 2).ToArray()));
            at += 2 + length;
            if (marker == 0xDA)
            {
                // Behind it come the pixels, in which two bytes that end a picture cannot stand.
                Assert.Equal(jpeg.Length - 2, at + jpeg[at..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]));
                return found;
            }
        }
    }

    /// <summary>The types of the chunks of a PNG (ISO/IEC 15948, section 5.3).</summary>
    public static IReadOnlyList<string> OfPng(ReadOnlySpan<byte> png)
    {
        var found = new List<string>();
        for (var at = 8; at < png.Length; at += 12 + (int)BinaryPrimitives.ReadUInt32BigEndian(png[at..]))
        {
            found.Add(Encoding.ASCII.GetString(png.Slice(at + 4, 4)));
        }

        Assert.Equal("IEND", found[^1]);
        return found;
    }
}
