namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>What a file is, by its name or by its content.</summary>
internal enum ContentKind
{
    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>HEIC.</summary>
    Heic,

    /// <summary>Plain text.</summary>
    Text,
}

/// <summary>Recognises what a file is; what its sender calls its type is never asked.</summary>
internal static class ContentKinds
{
    /// <summary>What a file of such a name says it is; null for what is not taken.</summary>
    public static ContentKind? Named(string extension) => extension switch
    {
        "pdf" => ContentKind.Pdf,
        "jpg" or "jpeg" => ContentKind.Jpeg,
        "png" => ContentKind.Png,
        "heic" or "heif" => ContentKind.Heic,
        "txt" => ContentKind.Text,
        _ => null,
    };

    /// <summary>What a content is, by its signature; null for what is not taken.</summary>
    public static ContentKind? Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("%PDF-"u8))
        {
            return ContentKind.Pdf;
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return ContentKind.Jpeg;
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return ContentKind.Png;
        }

        return IsHeic(content) ? ContentKind.Heic : PlainText.Read(content) is not null ? ContentKind.Text : null;
    }

    // ISO/IEC 14496-12, section 4.3, with the brands of ISO/IEC 23008-12.
    private static bool IsHeic(ReadOnlySpan<byte> content) =>
        content.Length >= 12 && content[4..8].SequenceEqual("ftyp"u8)
        && (content[8..12].StartsWith("hei"u8) || content[8..12].StartsWith("hev"u8)
            || content[8..12].SequenceEqual("mif1"u8) || content[8..12].SequenceEqual("msf1"u8));
}
