namespace ClinicBlazor.App.Documents;

/// <summary>Which documents a list shows, and where what is added there goes to.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="RecordId">Those of one record; null for others.</param>
/// <param name="VisitId">Those of one visit; null for others.</param>
public sealed record DocumentScope(Guid PatientId, Guid? RecordId = null, Guid? VisitId = null)
{
    /// <summary>True for what a patient has added to a description that is not sent yet, and may take back.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>True when those that were entered in error are shown too.</summary>
    public bool WithErrors { get; init; }

    /// <summary>The place to go on from; null for the first page.</summary>
    public string? After { get; init; }
}
