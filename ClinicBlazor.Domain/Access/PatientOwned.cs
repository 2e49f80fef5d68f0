namespace ClinicBlazor.Domain.Access;

/// <summary>A row that belongs to one patient. Every such entity is behind the query filter <c>access</c> and the write guard.</summary>
internal interface IPatientOwned
{
    /// <summary>Whose row it is.</summary>
    Guid PatientId { get; }
}

/// <summary>Who a patient is.</summary>
internal interface IDemographic : IPatientOwned;

/// <summary>What is wrong with a patient. Such rows are never deleted.</summary>
internal interface IClinical : IPatientOwned;

/// <summary>
/// A row by which access itself is decided. It is read by the filter and so cannot be behind it; queries reach it
/// through the patient, and the write guard watches it like any other.
/// </summary>
internal interface IAccessGrant : IDemographic;

/// <summary>Work in progress of one person, which may be thrown away; everything else about a patient stays.</summary>
internal interface IDiscardable;
