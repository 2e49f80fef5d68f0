using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.App.Patients;

/// <summary>What is typed into the registration form, as it was typed.</summary>
internal sealed class RegistrationForm
{
    public string GivenName { get; set; } = "";

    public string FamilyName { get; set; } = "";

    public string BirthDate { get; set; } = "";

    public Sex Sex { get; set; }

    public string Phone { get; set; } = "";

    public string Email { get; set; } = "";

    public string Address { get; set; } = "";

    public string Ssn { get; set; } = "";

    public string Tin { get; set; } = "";

    public NewPatient ToInput() => new(GivenName, FamilyName, BirthDate, Sex, Phone, Email, Address, Ssn, Tin);

    /// <summary>Id of the element for a property of <see cref="NewPatient"/>.</summary>
    public static string IdOf(string field) => field switch
    {
        nameof(NewPatient.GivenName) => "given-name",
        nameof(NewPatient.FamilyName) => "family-name",
        nameof(NewPatient.BirthDate) => "birth-date",
        _ => field.ToLowerInvariant(),
    };
}
