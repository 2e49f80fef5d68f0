namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>
/// Looks into a file before it is kept (requirement S4-06): what it is by its content, whether it is only that, and whether it is
/// named so. Pictures are written anew, upright and without what the camera added.
/// </summary>
public sealed class ContentInspector : IDisposable
{
    /// <summary>How many pictures are decoded at once: each may take two hundred megabytes for a moment.</summary>
    internal const int PicturesAtOnce = 2;

    private readonly SemaphoreSlim pictures = new(PicturesAtOnce, PicturesAtOnce);

    /// <inheritdoc/>
    public void Dispose() => pictures.Dispose();

    /// <summary>
    /// What may be kept of a file, or one finding for the field <c>File</c>. <paramref name="seekablePlain"/> is read from its
    /// beginning into memory, so the caller holds it to the length of an upload.
    /// </summary>
    public async Task<Result<InspectedContent>> InspectAsync(string fileName, Stream seekablePlain, CancellationToken ct)
    {
        if (seekablePlain.Length == 0)
        {
            return Refused(DocumentMessages.Empty);
        }

        var extension = Path.GetExtension(fileName).TrimStart('.').ToLowerInvariant();
        if (ContentKinds.Named(extension) is not { } named)
        {
            return Refused(DocumentMessages.NotTaken);
        }

        if (named is not (ContentKind.Jpeg or ContentKind.Png))
        {
            return await LookAsync(extension, named, seekablePlain, ct);
        }

        await pictures.WaitAsync(ct);
        try
        {
            return await LookAsync(extension, named, seekablePlain, ct);
        }
        finally
        {
            pictures.Release();
        }
    }

    private static async Task<Result<InspectedContent>> LookAsync(string extension, ContentKind named, Stream plain, CancellationToken ct)
    {
        var content = new byte[plain.Length];
        plain.Position = 0;
        await plain.ReadExactlyAsync(content, ct);

        // Unpacking and decoding take processor time, and callers come from a page.
        return await Task.Run(() => Look(extension, named, content, ct), ct);
    }

    private static Result<InspectedContent> Look(string extension, ContentKind named, byte[] content, CancellationToken ct)
    {
        var kind = ContentKinds.Of(content);
        if (kind is not { } known || (known != named && known != ContentKind.Heic))
        {
            return Refused(Disagreement(extension, named, kind, content));
        }

        return known switch
        {
            ContentKind.Pdf => PdfCheck.ProblemOf(content, ct) is { } problem
                ? Refused(problem) : new InspectedContent(DocumentFormat.Pdf, "pdf", null, null),
            ContentKind.Jpeg => PictureRewriter.Rewrite(content, DocumentFormat.Jpeg, ct),
            ContentKind.Png => PictureRewriter.Rewrite(content, DocumentFormat.Png, ct),
            ContentKind.Text => PlainText.Inspect(content),
            // The picture library is built without a decoder for it, on every system.
            ContentKind.Heic => Refused(DocumentMessages.Heic),
        };
    }

    private static Message Disagreement(string extension, ContentKind named, ContentKind? kind, byte[] content) => kind switch
    {
        // A reader of PDF looks for its beginning in the first kilobyte, whatever stands before it.
        ContentKind.Text or null when named == ContentKind.Pdf && PdfCheck.BeginsLater(content) => DocumentMessages.PdfMixed,
        null when named == ContentKind.Text && PlainText.MayBeOfAnotherEncoding(content) => DocumentMessages.TextEncoding,
        ContentKind.Pdf => new Message(DocumentMessages.IsPdf, extension),
        ContentKind.Jpeg => new Message(DocumentMessages.IsJpeg, extension),
        ContentKind.Png => new Message(DocumentMessages.IsPng, extension),
        ContentKind.Text when !PlainText.Inspect(content).IsSuccess => DocumentMessages.NotTaken,
        ContentKind.Text => new Message(DocumentMessages.IsText, extension),
        ContentKind.Heic or null => DocumentMessages.NotTaken,
    };

    private static Result<InspectedContent> Refused(Message message) => Error.Invalid(DocumentIntake.Field, message);
}
