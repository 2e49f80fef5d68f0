namespace ClinicBlazor.Domain.Accounts;

/// <summary>Whose account it is.</summary>
public enum AccountKind
{
    /// <summary>Of somebody who works here, or is invited to.</summary>
    Staff,

    /// <summary>A patient's.</summary>
    Patient,
}
