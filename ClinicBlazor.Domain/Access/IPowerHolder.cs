namespace ClinicBlazor.Domain.Access;

/// <summary>
/// A row that says what somebody may do and whose chart is their own. The write guard watches it: whoever gives power
/// gives none to themselves, and a link to a patient changes by the acts that are made for it alone.
/// </summary>
internal interface IPowerHolder
{
    /// <summary>The account.</summary>
    Guid Id { get; }

    /// <summary>Roles held.</summary>
    Roles Roles { get; }

    /// <summary>The patient whose own account it is.</summary>
    Guid? PatientId { get; }
}
