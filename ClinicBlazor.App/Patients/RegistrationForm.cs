using System.Text.Json.Serialization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.App.Patients;

/// <summary>What is typed into the registration form, as it was typed; the body of the draft.</summary>
internal sealed class RegistrationForm
{
    /// <summary>Names the registration that this becomes, also in another tab that goes on with the same draft: it is one patient.</summary>
    public Guid Command { get; init; } = CommandId.New().Value;

    /// <summary>Names what follows it, in the same way: the doctor is put on the care team once, the patient checked in once.</summary>
    public Guid DoctorCommand { get; init; } = CommandId.New().Value;

    /// <summary>Names the check-in.</summary>
    public Guid CheckInCommand { get; init; } = CommandId.New().Value;

    public string GivenName { get; set; } = "";

    public string FamilyName { get; set; } = "";

    public string BirthDate { get; set; } = "";

    public Sex Sex { get; set; }

    public string Phone { get; set; } = "";

    public string Email { get; set; } = "";

    public string Address { get; set; } = "";

    public string Ssn { get; set; } = "";

    public string Tin { get; set; } = "";

    /// <summary>Id of the account of the doctor to begin the care team with; empty for nobody.</summary>
    public string Doctor { get; set; } = "";

    /// <summary>The patient is here, and is checked in at once.</summary>
    public bool CheckIn { get; set; }

    public string DuplicateReason { get; set; } = "";

    /// <summary>True once so much has been typed that somebody known could be recognised by it.</summary>
    [JsonIgnore]
    public bool CanBeRecognised => (FamilyName.Length > 1 && BirthDate.Length > 0) || (FamilyName.Length > 1 && GivenName.Length > 1)
        || Phone.Length > 6 || Ssn.Length > 8;

    /// <summary>Reads a saved draft. A body that a later version of the form no longer understands counts as none.</summary>
    public static RegistrationForm Read(string body) => DraftBody.Read<RegistrationForm>(body) ?? new();

    /// <summary>The body of the draft.</summary>
    public string Write() => DraftBody.Write(this);

    /// <summary>What stands here, as the registration of somebody else than the one it was read for.</summary>
    public RegistrationForm AsAnother() => new()
    {
        GivenName = GivenName,
        FamilyName = FamilyName,
        BirthDate = BirthDate,
        Sex = Sex,
        Phone = Phone,
        Email = Email,
        Address = Address,
        Ssn = Ssn,
        Tin = Tin,
        Doctor = Doctor,
        CheckIn = CheckIn,
        DuplicateReason = DuplicateReason,
    };

    public NewPatient ToInput() => new(GivenName, FamilyName, BirthDate, Sex, Phone, Email, Address, Ssn, Tin, DuplicateReason);

    /// <summary>Id of the element for a property of <see cref="NewPatient"/>.</summary>
    public static string IdOf(string field) => field switch
    {
        nameof(NewPatient.GivenName) => "given-name",
        nameof(NewPatient.FamilyName) => "family-name",
        nameof(NewPatient.BirthDate) => "birth-date",
        nameof(NewPatient.DuplicateReason) => "duplicate-reason",
        _ => field.ToLowerInvariant(),
    };
}
