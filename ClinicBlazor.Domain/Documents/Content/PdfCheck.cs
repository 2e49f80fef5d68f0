using System.Text;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>
/// Says what stands against keeping a PDF (ISO 32000-2). It is looked at as bytes, never shown or run: what might hide something
/// is refused rather than understood.
/// </summary>
internal static class PdfCheck
{
    private const int Edge = 1024;

    // Where an archive's end record can stand (APPNOTE.TXT, section 4.3.16): 22 bytes and a comment of 65,535.
    private const int ArchiveEdge = 22 + 65_535;

    private static readonly string[] WebPage = ["<!doctype", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<?php"];

    /// <summary>The message for what is wrong; null for a PDF that may be kept.</summary>
    public static string? ProblemOf(byte[] content, CancellationToken ct)
    {
        if (IsSomethingElseToo(content))
        {
            return DocumentMessages.PdfMixed;
        }

        if (!Begins(content) || !Ends(content))
        {
            return DocumentMessages.PdfBroken;
        }

        var signs = new PdfSearch(content, ct).Run();
        return signs.HasFlag(PdfSigns.Encrypted) ? DocumentMessages.PdfLocked
            : signs.HasFlag(PdfSigns.Active) ? DocumentMessages.PdfActive
            : signs.HasFlag(PdfSigns.Unchecked) ? DocumentMessages.PdfUnchecked : null;
    }

    /// <summary>True when a PDF begins behind something else.</summary>
    public static bool BeginsLater(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, Edge)].IndexOf("%PDF-"u8) > 0;

    // Section 7.5.2.
    private static bool Begins(ReadOnlySpan<byte> content) =>
        content.Length > 8 && content[5] is (byte)'1' or (byte)'2' && content[6] == '.' && char.IsAsciiDigit((char)content[7]);

    // Section 7.5.5: nothing but blanks behind the last end.
    private static bool Ends(ReadOnlySpan<byte> content)
    {
        var tail = content[^Math.Min(content.Length, Edge)..];
        var end = tail.LastIndexOf("%%EOF"u8);
        return end >= 0 && tail[..end].LastIndexOf("startxref"u8) >= 0 && tail[(end + 5)..].Trim("\0\t\n\f\r "u8).IsEmpty;
    }

    // What other programs open this same file for: archives by their end or wherever they stand, web pages by their beginning,
    // and what is known by a mark further in: a tape archive, a disk image, a picture in DICOM.
    private static bool IsSomethingElseToo(ReadOnlySpan<byte> content) =>
        content[^Math.Min(content.Length, ArchiveEdge)..].IndexOf("PK\u0005\u0006"u8) >= 0
        || content.IndexOf("Rar!\u001A\u0007"u8) >= 0 || content.IndexOf((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) >= 0
        || Stands("ustar"u8, 257, content) || Stands("CD001"u8, 0x8001, content) || Stands("DICM"u8, 128, content)
        || IsWebPage(content);

    private static bool Stands(ReadOnlySpan<byte> mark, int at, ReadOnlySpan<byte> content) =>
        content.Length >= at + mark.Length && content[at..].StartsWith(mark);

    private static bool IsWebPage(ReadOnlySpan<byte> content)
    {
        var beginning = Encoding.Latin1.GetString(content[..Math.Min(content.Length, Edge)]);
        return WebPage.Any(tag => beginning.Contains(tag, StringComparison.OrdinalIgnoreCase));
    }
}
