namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// What a patient and those who review the trail tell each other about an entry. It is no part of the chart: the patient sees
/// one's own, whoever may read the trail sees all, and nobody else any.
/// </summary>
internal interface ITrailReview
{
    /// <summary>Whose data the entry is about.</summary>
    Guid PatientId { get; }
}
