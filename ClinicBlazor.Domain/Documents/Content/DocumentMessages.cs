namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>
/// What a person is told about a file that is not taken: what is wrong, and what to do. The English text is the key of its
/// translation.
/// </summary>
internal static class DocumentMessages
{
    /// <summary>No byte in it.</summary>
    public const string Empty = "This file is empty. Choose another one.";

    /// <summary>Neither its name nor its content is of a kind that is taken.</summary>
    public const string NotTaken = "Files of this kind are not taken. Choose a PDF, a picture in JPEG or PNG format, or a text file (.txt).";

    /// <summary>A photo as phones take it, which the picture library does not decode.</summary>
    public const string Heic = "This photo is in HEIC format, which cannot be read here. Save it as JPEG and choose it again.";

    /// <summary>Named otherwise than its content is; the placeholder is the ending of its name.</summary>
    public const string IsPdf = "The file is called .{0}, but it is a PDF document. Rename it so that it ends in .pdf, and choose it again.";

    /// <inheritdoc cref="IsPdf"/>
    public const string IsJpeg = "The file is called .{0}, but it is a picture in JPEG format. Rename it so that it ends in .jpg, and choose it again.";

    /// <inheritdoc cref="IsPdf"/>
    public const string IsPng = "The file is called .{0}, but it is a picture in PNG format. Rename it so that it ends in .png, and choose it again.";

    /// <inheritdoc cref="IsPdf"/>
    public const string IsText = "The file is called .{0}, but it is plain text. Choose the document or picture itself, or rename it so that it ends in .txt.";

    /// <summary>A PDF without its beginning or its end.</summary>
    public const string PdfBroken = "This PDF is damaged or not complete. Open it, print it to a new PDF and choose that one.";

    /// <summary>A PDF that other programs take for something else.</summary>
    public const string PdfMixed = "This PDF is mixed with a file of another kind. Open it, print it to a new PDF and choose that one.";

    /// <summary>An encrypted PDF.</summary>
    public const string PdfLocked = "This PDF is protected with a password or restrictions. Save it without protection and choose it again.";

    /// <summary>A PDF that does something, or carries other files.</summary>
    public const string PdfActive = "This PDF holds scripts, forms that run, or other files. Open it, print it to a new PDF and choose that one.";

    /// <summary>A PDF whose packed parts are too large, or cannot be unpacked.</summary>
    public const string PdfUnchecked = "This PDF is packed in a way that cannot be checked. Open it, print it to a new PDF and choose that one.";

    /// <summary>A picture that cannot be decoded to its end.</summary>
    public const string PictureBroken = "This picture is damaged or not complete. Open it, save it again and choose it anew.";

    /// <summary>A picture of too many pixels; the placeholders are megapixels, and pixels of a side.</summary>
    public const string PictureTooLarge = "This picture has more than {0} megapixels or a side of more than {1} pixels. Save a smaller copy and choose that one.";

    /// <summary>Text in another encoding.</summary>
    public const string TextEncoding = "This text is not in UTF-8. Save it as plain text in UTF-8 and choose it again.";

    /// <summary>Text that a browser or another program takes for something to run.</summary>
    public const string TextMarkup = "This text begins like a web page, a drawing or a program. Copy its words into a new text file and choose that one.";
}
