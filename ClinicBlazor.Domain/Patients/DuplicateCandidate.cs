namespace ClinicBlazor.Domain.Patients;

/// <summary>By what two people look alike.</summary>
public enum DuplicateSign
{
    /// <summary>The same SSN.</summary>
    Ssn,

    /// <summary>The same name, its words in any order.</summary>
    Name,

    /// <summary>A name that sounds the same.</summary>
    NameSound,

    /// <summary>The same birth date.</summary>
    BirthDate,

    /// <summary>A birth date that differs in the day, the month or the year alone, or has day and month changed round.</summary>
    BirthDateAlmost,

    /// <summary>The same phone number.</summary>
    Phone,
}

/// <summary>Somebody known who is much alike to the person that is being registered.</summary>
/// <param name="Id">Id.</param>
/// <param name="Number">The number that people read out.</param>
/// <param name="GivenName">Given names.</param>
/// <param name="FamilyName">Family name.</param>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="IsActive">False once inactive.</param>
/// <param name="Signs">By what they look alike.</param>
public sealed record DuplicateCandidate(
    Guid Id, int Number, string GivenName, string FamilyName, DateOnly BirthDate, Sex Sex, bool IsActive,
        IReadOnlyList<DuplicateSign> Signs);
