namespace ClinicBlazor.Domain.Patients;

/// <summary>A line of the patient list.</summary>
/// <param name="Id">Id.</param>
/// <param name="Number">The number that people read out.</param>
/// <param name="GivenName">Given names.</param>
/// <param name="FamilyName">Family name.</param>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="Phone">Phone.</param>
/// <param name="SsnLastFour">Last four digits of the SSN; null when none is known.</param>
/// <param name="CareTeam">Names of those who care today.</param>
/// <param name="HasOpenVisit">True while the patient is in the clinic.</param>
/// <param name="IsActive">False once the clinic no longer cares for this person.</param>
public sealed record PatientRow(
    Guid Id, int Number, string GivenName, string FamilyName, DateOnly BirthDate, Sex Sex, string? Phone,
    string? SsnLastFour, IReadOnlyList<string> CareTeam, bool HasOpenVisit, bool IsActive);

/// <summary>Which patients to list.</summary>
/// <param name="Search">Name, birth date, phone, number or full SSN; empty for all.</param>
/// <param name="IncludeInactive">Whether inactive patients are listed too.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
public sealed record PatientQuery(string Search = "", bool IncludeInactive = false, string? After = null);

/// <summary>Somebody who is assigned to the patient now.</summary>
/// <param name="GrantId">Id of the assignment.</param>
/// <param name="AccountId">Who.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="Kind">Why.</param>
/// <param name="Since">From when.</param>
public sealed record AssignedStaff(Guid GrantId, Guid AccountId, string DisplayName, Access.GrantKind Kind, DateTimeOffset Since);

/// <summary>A patient's own account, as staff see it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="LinkId">The link that waits or is in force; null for one that is older than such rows.</param>
/// <param name="Email">Address of the account.</param>
/// <param name="IsInForce">False while it waits.</param>
/// <param name="Document">What was seen; null for a link that is older than that question.</param>
/// <param name="RequestedBy">Name of whoever saw it.</param>
/// <param name="DueAt">When it takes effect without a second person; null once in force.</param>
/// <param name="MayConfirm">True when the reader is a second person who may confirm it.</param>
public sealed record LinkedAccount(Guid AccountId, Guid? LinkId, string Email, bool IsInForce, IdentityDocument? Document,
    string? RequestedBy, DateTimeOffset? DueAt, bool MayConfirm);

/// <summary>Who a patient is; identifiers are masked.</summary>
/// <param name="Id">Id.</param>
/// <param name="Number">The number that people read out.</param>
/// <param name="GivenName">Given names.</param>
/// <param name="FamilyName">Family name.</param>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="Phone">Phone.</param>
/// <param name="Email">E-mail.</param>
/// <param name="Address">Postal address.</param>
/// <param name="SsnLastFour">Last four digits of the SSN.</param>
/// <param name="TinLastFour">Last four digits of the TIN.</param>
/// <param name="IsActive">False once inactive.</param>
/// <param name="OpenVisitId">The open visit, if there is one.</param>
/// <param name="OpenVisitSince">When the patient arrived.</param>
/// <param name="LinkedAccount">Address of the patient's own account; null when none is linked.</param>
/// <param name="Staff">Who is assigned now.</param>
public sealed record PatientDetails(
    Guid Id, int Number, string GivenName, string FamilyName, DateOnly BirthDate, Sex Sex, string? Phone, string? Email, string? Address,
    string? SsnLastFour, string? TinLastFour, bool IsActive, Guid? OpenVisitId, DateTimeOffset? OpenVisitSince, string? LinkedAccount,
    IReadOnlyList<AssignedStaff> Staff)
{
    /// <summary>The patient's own account, waiting or in force; null when there is none.</summary>
    public LinkedAccount? Account { get; init; }

    /// <summary>True once the doctor has called the patient in.</summary>
    public bool IsWithDoctor { get; init; }

    /// <summary>The doctor of the open visit; null for any who is on duty, and when there is none.</summary>
    public string? OpenVisitDoctor { get; init; }

    /// <summary>True when the reader may say who cares for this patient: as the front desk, or on the care team.</summary>
    public bool MayChangeStaff { get; init; }

    /// <summary>Given and family name.</summary>
    public string FullName => $"{GivenName} {FamilyName}".Trim();

    /// <summary>Age on <paramref name="today"/>.</summary>
    public Age AgeOn(DateOnly today) => Age.On(BirthDate, today);
}

/// <summary>What reception types to register a patient.</summary>
/// <param name="GivenName">Given names.</param>
/// <param name="FamilyName">Family name.</param>
/// <param name="BirthDate">Date of birth, ISO.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="Phone">Phone; optional.</param>
/// <param name="Email">E-mail; optional.</param>
/// <param name="Address">Postal address; optional.</param>
/// <param name="Ssn">SSN; optional.</param>
/// <param name="Tin">TIN; optional.</param>
/// <param name="DuplicateReason">Why this is none of those who are known already and much alike; asked for where there are such.</param>
public sealed record NewPatient(
    string GivenName, string FamilyName, string BirthDate, Sex Sex, string? Phone = null, string? Email = null, string? Address = null,
    string? Ssn = null, string? Tin = null, string? DuplicateReason = null);

/// <summary>The identifiers that are shown masked.</summary>
public enum IdentifierKind
{
    /// <summary>Social security number.</summary>
    Ssn,

    /// <summary>Tax identification number.</summary>
    Tin,
}
