using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// Which role, identifier or field an entry is about: never what was in it. The trail holds the names of these and no other
/// words, so that nothing clinical and nobody's name can get into it this way.
/// </summary>
public enum AuditDetail
{
    /// <summary>The role of a doctor was given.</summary>
    DoctorGiven,

    /// <summary>The role of a nurse was given.</summary>
    NurseGiven,

    /// <summary>The role of the front desk was given.</summary>
    ReceptionGiven,

    /// <summary>The role of an administrator was given.</summary>
    AdministratorGiven,

    /// <summary>The role of a doctor was taken.</summary>
    DoctorTaken,

    /// <summary>The role of a nurse was taken.</summary>
    NurseTaken,

    /// <summary>The role of the front desk was taken.</summary>
    ReceptionTaken,

    /// <summary>The role of an administrator was taken.</summary>
    AdministratorTaken,

    /// <summary>The name of an account.</summary>
    DisplayName,

    /// <summary>Given names.</summary>
    GivenName,

    /// <summary>Family name.</summary>
    FamilyName,

    /// <summary>Date of birth.</summary>
    BirthDate,

    /// <summary>Administrative sex.</summary>
    Sex,

    /// <summary>Phone.</summary>
    Phone,

    /// <summary>E-mail.</summary>
    Email,

    /// <summary>Postal address.</summary>
    Address,

    /// <summary>Social security number.</summary>
    Ssn,

    /// <summary>Tax number.</summary>
    Tin,
}

/// <summary>How details are written into an entry, and read from it.</summary>
internal static class AuditDetails
{
    /// <summary>Longest form of a column that holds them.</summary>
    public const int Longest = 300;

    private const string Between = ", ";

    /// <summary>The names, in the order of the enumeration; null for none.</summary>
    public static string? Write(IEnumerable<AuditDetail> details) =>
        string.Join(Between, details.Distinct().Order().Select(detail => $"{detail}")) is { Length: > 0 } text ? text : null;

    /// <summary>What an entry says; a word that is none of them comes back as a value that no member has.</summary>
    public static IReadOnlyList<AuditDetail> Read(string? text) => text is null ? [] : [.. text.Split(Between).Select(One)];

    /// <summary>Roles that were given and taken.</summary>
    public static IEnumerable<AuditDetail> OfRoles(Roles given, Roles taken = Roles.None) =>
        given.Each().Select(Given).Concat(taken.Each().Select(Taken)).OfType<AuditDetail>();

    private static AuditDetail One(string word) =>
        Enum.TryParse<AuditDetail>(word, out var detail) && detail.ToString() == word ? detail : (AuditDetail)(-1);

    private static AuditDetail? Given(Roles role) => role switch
    {
        Roles.Doctor => AuditDetail.DoctorGiven,
        Roles.Nurse => AuditDetail.NurseGiven,
        Roles.Reception => AuditDetail.ReceptionGiven,
        Roles.Administrator => AuditDetail.AdministratorGiven,
        _ => null,
    };

    private static AuditDetail? Taken(Roles role) => role switch
    {
        Roles.Doctor => AuditDetail.DoctorTaken,
        Roles.Nurse => AuditDetail.NurseTaken,
        Roles.Reception => AuditDetail.ReceptionTaken,
        Roles.Administrator => AuditDetail.AdministratorTaken,
        _ => null,
    };
}
