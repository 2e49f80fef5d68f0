using System.Buffers;
using System.Collections.Frozen;

namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>What the names in a part of a PDF say about it.</summary>
[Flags]
internal enum PdfSigns
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It runs scripts or programs, sends data, or carries files.</summary>
    Active = 1,

    /// <summary>It does, unless the name, which is short, stands in bytes that only look like one.</summary>
    MaybeActive = 2,

    /// <summary>It is encrypted.</summary>
    Encrypted = 4,

    /// <summary>Objects are packed in a stream (ISO 32000-2, section 7.5.7).</summary>
    ObjectStream = 8,

    /// <summary>A stream is packed as ZIP does (section 7.4.4).</summary>
    Packed = 16,

    /// <summary>It is so twice, one in the other.</summary>
    PackedTwice = 32,

    /// <summary>It is packed in another way, or with parameters that change its bytes.</summary>
    PackedOtherwise = 64,

    /// <summary>It cannot be looked into, or holds more than is looked into.</summary>
    Unchecked = 128,
}

/// <summary>Finds names in bytes, wherever they stand: strings and comments are not told apart, which errs on the safe side.</summary>
internal static class PdfNames
{
    // Longer than any name that is looked for.
    private const int Longest = 24;

    private static readonly FrozenDictionary<string, PdfSigns> Known = new Dictionary<string, PdfSigns>
    {
        ["JavaScript"] = PdfSigns.Active,
        ["Launch"] = PdfSigns.Active,
        ["EmbeddedFile"] = PdfSigns.Active,
        ["EmbeddedFiles"] = PdfSigns.Active,
        ["RichMedia"] = PdfSigns.Active,
        ["Rendition"] = PdfSigns.Active,
        ["SubmitForm"] = PdfSigns.Active,
        ["ImportData"] = PdfSigns.Active,
        ["GoToE"] = PdfSigns.Active,
        ["JS"] = PdfSigns.MaybeActive,
        ["AA"] = PdfSigns.MaybeActive,
        ["XFA"] = PdfSigns.MaybeActive,
        ["Encrypt"] = PdfSigns.Encrypted,
        ["ObjStm"] = PdfSigns.ObjectStream,
        ["FlateDecode"] = PdfSigns.Packed,
        ["LZWDecode"] = PdfSigns.PackedOtherwise,
        ["RunLengthDecode"] = PdfSigns.PackedOtherwise,
        ["ASCIIHexDecode"] = PdfSigns.PackedOtherwise,
        ["ASCII85Decode"] = PdfSigns.PackedOtherwise,
        ["DecodeParms"] = PdfSigns.PackedOtherwise,
        ["Crypt"] = PdfSigns.PackedOtherwise,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, PdfSigns>.AlternateLookup<ReadOnlySpan<char>> Signs =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The signs of all names in <paramref name="bytes"/>.</summary>
    public static PdfSigns In(ReadOnlySpan<byte> bytes)
    {
        var found = PdfSigns.None;
        Span<char> name = stackalloc char[Longest];
        for (var at = bytes.IndexOf((byte)'/'); at >= 0; at = bytes.IndexOf((byte)'/'))
        {
            bytes = bytes[(at + 1)..];
            if (Signs.TryGetValue(name[..Read(bytes, name)], out var sign))
            {
                found |= sign == PdfSigns.Packed && found.HasFlag(PdfSigns.Packed) ? PdfSigns.PackedTwice : sign;
            }
        }

        return found;
    }

    /// <summary>What ends a name (ISO 32000-2, section 7.2.3).</summary>
    public static SearchValues<byte> Ends { get; } = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);

    /// <summary>Writes the name that <paramref name="bytes"/> begin with, its escapes resolved; answers with its length, 0 for a long one.</summary>
    private static int Read(ReadOnlySpan<byte> bytes, Span<char> name)
    {
        var length = 0;
        for (var at = 0; at < bytes.Length && !Ends.Contains(bytes[at]); at++)
        {
            if (length == name.Length)
            {
                return 0;
            }

            // Section 7.3.5: a number sign and two digits stand for a byte.
            var isEscape = bytes[at] == '#' && bytes.Length > at + 2 && char.IsAsciiHexDigit((char)bytes[at + 1])
                && char.IsAsciiHexDigit((char)bytes[at + 2]);
            name[length++] = isEscape
                ? (char)((Digit(bytes[at + 1]) << 4) | Digit(bytes[at + 2])) : (char)bytes[at];
            at += isEscape ? 2 : 0;
        }

        return length;
    }

    private static int Digit(byte hex) => char.IsAsciiDigit((char)hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
