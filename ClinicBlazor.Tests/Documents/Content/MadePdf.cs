using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Small PDFs with whatever a test wants in them; their cross-reference table is right.</summary>
internal static class MadePdf
{
    /// <summary>One empty page.</summary>
    public static byte[] OnePage { get; } = With();

    /// <summary>One empty page, and more objects; <paramref name="catalog"/> goes into the catalog, <paramref name="trailer"/> into the trailer.</summary>
    public static byte[] With(string catalog = "", string trailer = "", params byte[][] objects)
    {
        byte[][] all =
        [
            Bytes($"<</Type/Catalog/Pages 2 0 R{catalog}>>"), Bytes("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
            Bytes("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"), .. objects,
        ];
        var pdf = new MemoryStream();
        pdf.Write(Bytes("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"));
        var places = new List<long>();
        foreach (var (index, content) in all.Index())
        {
            places.Add(pdf.Length);
            pdf.Write(Bytes($"{index + 1} 0 obj\n"));
            pdf.Write(content);
            pdf.Write("\nendobj\n"u8);
        }

        var table = pdf.Length;
        pdf.Write(Bytes($"xref\n0 {all.Length + 1}\n0000000000 65535 f \n"));
        places.ForEach(place => pdf.Write(Bytes(string.Create(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"))));
        pdf.Write(Bytes($"trailer\n<</Size {all.Length + 1}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n"));
        return pdf.ToArray();
    }

    /// <summary>An object that is a stream.</summary>
    public static byte[] Stream(string dictionary, byte[] body) =>
        [.. Bytes($"<<{dictionary}/Length {body.Length}>>\nstream\n"), .. body, .. "\nendstream"u8];

    /// <summary>A stream of packed objects that holds one.</summary>
    public static byte[] ObjectStream(string content, string dictionary = "/Filter/FlateDecode") =>
        Stream($"/Type/ObjStm/N 1/First 4{dictionary}", Deflate(Bytes($"9 0 {content}")));

    public static byte[] Deflate(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }

    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);
}
