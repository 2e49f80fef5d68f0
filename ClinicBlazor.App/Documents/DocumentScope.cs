namespace ClinicBlazor.App.Documents;

/// <summary>Which documents a list shows, and where what is added there goes to.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="RecordId">Those of one record; null for others.</param>
/// <param name="VisitId">Those of one visit; null for others.</param>
public sealed record DocumentScope(Guid PatientId, Guid? RecordId = null, Guid? VisitId = null)
{
    /// <summary>
    /// Names the act by which a patient will send a description: these are the documents that were added to it and are not sent yet,
    /// and may be taken back. Null for documents that are sent.
    /// </summary>
    public Guid? Description { get; init; }

    /// <summary>True for what is not sent yet.</summary>
    public bool IsUnsent => Description is not null;

    /// <summary>True when those that were entered in error are shown too.</summary>
    public bool WithErrors { get; init; }

    /// <summary>The place to go on from; null for the first page.</summary>
    public string? After { get; init; }
}
