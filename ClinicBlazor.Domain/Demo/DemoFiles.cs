using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ClinicBlazor.Domain.Demo;

/// <summary>The files of the demo clinic, written here byte by byte: a letter, a note and a drawing. Everybody in them is made up.</summary>
internal static class DemoFiles
{
    private const int Side = 480;

    private static readonly string[] Letter =
    [
        "Riverside ENT Practice, 40 Harbour Way", "", "Dear colleague,", "", "Thank you for referring Alice Archer, born 12 March 1981.",
        "Sinus CT: opacity of the right maxillary sinus, no bony erosion.", "Septum in the midline, turbinates swollen.", "",
        "We suggest saline rinses twice a day and a look in six weeks.", "", "With kind regards", "Dr Rita Rowan",
    ];

    private const string Diary =
        "Back pain diary\n\nSaturday: lifted boxes, pulled at once. 7 of 10.\nSunday: stiff until noon, walking helps. 5 of 10.\nMonday: better after a warm bath. 4 of 10.\n";

    /// <summary>A letter of one page: PDF 1.4 (ISO 32000-1) with one font that every reader has.</summary>
    public static byte[] LetterInPdf()
    {
        var words = string.Join("", Letter.Select(line => $"({line}) Tj T*\n"));
        var page = $"BT /F1 12 Tf 16 TL 72 760 Td\n{words}ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {page.Length} >>\nstream\n{page}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (index, body) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{body}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        places.ForEach(place => file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>A note as a patient keeps one.</summary>
    public static byte[] DiaryInText() => Encoding.UTF8.GetBytes(Diary);

    /// <summary>A wound drawn on skin: PNG (ISO/IEC 15948), eight bits each of red, green and blue.</summary>
    public static byte[] DrawingInPng()
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Side);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Side);
        (head[8], head[9]) = (8, 2);
        WriteChunk(file, "IHDR", head);
        using (var packed = new MemoryStream())
        {
            using (var pack = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                for (var y = 0; y < Side; y++)
                {
                    pack.WriteByte(0);
                    for (var x = 0; x < Side; x++)
                    {
                        pack.Write(ColourAt(x - (Side / 2), y - (Side / 2)));
                    }
                }
            }

            WriteChunk(file, "IDAT", packed.ToArray());
        }

        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] ColourAt(int x, int y)
    {
        var distance = Math.Sqrt((x * x) + (2.2 * y * y));
        return distance switch
        {
            < 90 => [164, 42, 48],
            < 130 => [206, 104, 96],
            < 190 => [232, 168, 150],
            _ => [244, (byte)(212 - (Math.Abs(y) / 24)), 194],
        };
    }

    private static void WriteChunk(Stream file, string name, byte[] content)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    // CRC-32 as PNG asks for it (ISO/IEC 15948, annex D).
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            }
        }

        return ~crc;
    }
}
