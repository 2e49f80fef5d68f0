namespace ClinicBlazor.Domain.Access;

/// <summary>What a person is to the clinic. Staff may hold several; a patient's account holds only <see cref="Patient"/>.</summary>
[Flags]
public enum Roles
{
    /// <summary>Nobody: not signed in, or not fully.</summary>
    None = 0,

    /// <summary>Sees and describes their own health.</summary>
    Patient = 1,

    /// <summary>Writes records, assigns diagnoses, signs.</summary>
    Doctor = 2,

    /// <summary>Cares for assigned patients, without diagnosing.</summary>
    Nurse = 4,

    /// <summary>Registers patients, checks in, takes payment; no clinical content.</summary>
    Reception = 8,

    /// <summary>Watches over accounts, audit and alerts; not thereby clinical.</summary>
    Administrator = 16,

    /// <summary>Everybody who works here.</summary>
    Staff = Doctor | Nurse | Reception | Administrator,

    /// <summary>Everybody who treats patients.</summary>
    Clinical = Doctor | Nurse,

    /// <summary>Everybody who may be on a care team.</summary>
    CareTeamEligible = Clinical | Administrator,
}

/// <summary>Helpers for sets of roles.</summary>
public static class RolesExtensions
{
    /// <summary>The single roles of a set, in the order of the enumeration.</summary>
    public static IEnumerable<Roles> Each(this Roles roles) =>
        All.Where(role => roles.HasAny(role));

    /// <summary>True when the set and <paramref name="other"/> share a role.</summary>
    public static bool HasAny(this Roles roles, Roles other) => (roles & other) != Roles.None;

    /// <summary>The five roles, one by one.</summary>
    public static IReadOnlyList<Roles> All { get; } =
        [Roles.Patient, Roles.Doctor, Roles.Nurse, Roles.Reception, Roles.Administrator];
}
