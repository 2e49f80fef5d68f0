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
/// What an account holds of a patient, and loses when it is switched off: an act on accounts may end it, whoever's patient it
/// is about, and changes nothing else of it.
/// </summary>
internal interface IEndsWithAccount : IDemographic
{
    /// <summary>Whose it is.</summary>
    Guid AccountId { get; }

    /// <summary>What an end writes into the row; none of it is null then.</summary>
    IReadOnlyCollection<string> WrittenByAnEnd { get; }
}

/// <summary>
/// A row by which access itself is decided. It is read by the filter and so cannot be behind it; queries reach it
/// through the patient, and the write guard watches it like any other.
/// </summary>
internal interface IAccessGrant : IEndsWithAccount
{
    /// <summary>Who gave it; null for grants from before this was kept.</summary>
    Guid? GivenById { get; }

    /// <summary>True when it ends with something that somebody else has opened.</summary>
    bool IsTemporary { get; }
}

/// <summary>
/// Work in progress of one person, which that person alone sees and may throw away; everything else about a patient
/// stays.
/// </summary>
internal interface IDiscardable
{
    /// <summary>Whose work it is.</summary>
    Guid AuthorId { get; }
}
