namespace ClinicBlazor.Domain.Documents;

/// <summary>What a document is, by its content.</summary>
public enum DocumentFormat
{
    /// <summary>PDF (ISO 32000).</summary>
    Pdf,

    /// <summary>A JPEG picture.</summary>
    Jpeg,

    /// <summary>A PNG picture.</summary>
    Png,

    /// <summary>Plain text in UTF-8.</summary>
    PlainText,
}

/// <summary>Whether a document can be opened.</summary>
public enum DocumentState
{
    /// <summary>It waits until it was looked through for viruses; nobody opens it.</summary>
    Quarantined,

    /// <summary>It can be opened.</summary>
    Available,

    /// <summary>It held a virus: its content is gone, and the row says so.</summary>
    Infected,
}

/// <summary>A file to be added.</summary>
/// <param name="PatientId">To whose chart.</param>
/// <param name="FileName">What its owner calls it: any text, which is kept as such and never used as a path.</param>
/// <param name="RecordId">The record that it belongs to; null for none.</param>
/// <param name="VisitId">The visit that it belongs to; null for none.</param>
public sealed record NewDocument(Guid PatientId, string FileName, Guid? RecordId = null, Guid? VisitId = null)
{
    /// <summary>
    /// Names the act by which the patient sends the description that it is added to; null for what is added to none. Where that was
    /// done while the file was on its way, the file goes to the record that came of it, and to no later description.
    /// </summary>
    public CommandId? Description { get; init; }
}

/// <summary>A line in a list of documents.</summary>
/// <param name="Id">Id.</param>
/// <param name="FileName">What its owner called it; text for people, never a path.</param>
/// <param name="Format">What it is.</param>
/// <param name="Bytes">How long its content is.</param>
/// <param name="State">Whether it can be opened.</param>
/// <param name="AddedAt">When it was added.</param>
/// <param name="AddedBy">Name of who added it.</param>
/// <param name="ByPatient">True when the patient did.</param>
/// <param name="RecordId">The record that it belongs to.</param>
/// <param name="VisitId">The visit that it belongs to.</param>
/// <param name="HasThumbnail">True when there is a small picture of it.</param>
/// <param name="MayMarkInError">True when the reader may mark it as entered in error.</param>
public sealed record DocumentRow(
    Guid Id, string FileName, DocumentFormat Format, long Bytes, DocumentState State, DateTimeOffset AddedAt, string AddedBy,
    bool ByPatient, Guid? RecordId, Guid? VisitId, bool HasThumbnail, bool MayMarkInError)
{
    /// <summary>That it was entered in error; null for one that stands.</summary>
    public DocumentError? EnteredInError { get; init; }
}

/// <summary>A document was entered in error.</summary>
/// <param name="At">When that was said.</param>
/// <param name="By">Name of who said it.</param>
/// <param name="Reason">Why.</param>
public sealed record DocumentError(DateTimeOffset At, string By, string Reason);

/// <summary>What a document holds. Whoever was given one disposes of it, which closes its file.</summary>
/// <param name="Id">Id of the document.</param>
/// <param name="FileName">What its owner called it.</param>
/// <param name="Format">What <paramref name="Plain"/> is.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Plain">The content, decrypted while it is read.</param>
public sealed record DocumentContent(Guid Id, string FileName, DocumentFormat Format, long Bytes, Stream Plain) : IDisposable,
    IAsyncDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Plain.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Plain.DisposeAsync();
}
