using System.Globalization;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A registration that has been checked and cleaned.</summary>
internal sealed record PatientInput(
    string GivenName, string FamilyName, DateOnly BirthDate, Sex Sex, string? Phone, string? Email, string? Address, string? Ssn,
        string? Tin,
    string? DuplicateReason)
{
    /// <summary>Which fields were given.</summary>
    public IEnumerable<AuditDetail> Fields =>
        new (AuditDetail Field, bool IsGiven)[]
        {
            (AuditDetail.GivenName, GivenName.Length > 0), (AuditDetail.FamilyName, FamilyName.Length > 0),
            (AuditDetail.BirthDate, true), (AuditDetail.Sex, true), (AuditDetail.Phone, Phone is not null),
            (AuditDetail.Email, Email is not null), (AuditDetail.Address, Address is not null), (AuditDetail.Ssn, Ssn is not null),
            (AuditDetail.Tin, Tin is not null),
        }.Where(given => given.IsGiven).Select(given => given.Field);

    /// <summary>Asks which of two days is meant.</summary>
    public static readonly Message TwoDays = "This could be two days. Write the month as a word, for example 2 Jul 1968.";

    /// <summary>Checks what was typed; answers with all findings at once.</summary>
    public static Result<PatientInput> Check(NewPatient input, DateOnly today, string phoneRegion, CultureInfo culture)
    {
        var given = InputRules.CleanLine(input.GivenName);
        var family = InputRules.CleanLine(input.FamilyName);
        var written = WrittenDate.Read(input.BirthDate, culture);
        var birthDate = written.Day;
        var phone = Optional(input.Phone);
        var normalPhone = Phones.Normal(phone, phoneRegion);
        var email = Optional(input.Email);
        var address = Optional(input.Address);
        var ssn = Optional(input.Ssn);
        var tin = Optional(input.Tin);
        var reason = Optional(input.DuplicateReason);
        var findings = new Findings()
            .Name(given, nameof(NewPatient.GivenName), 100)
            .Name(family, nameof(NewPatient.FamilyName), 100)
            .Check(given.Length + family.Length > 0, nameof(NewPatient.FamilyName), "Give the name. Who has one name alone has it here.")
            .Check(!written.CouldBeTwo, nameof(NewPatient.BirthDate), TwoDays)
            .Check(birthDate is not null || written.CouldBeTwo, nameof(NewPatient.BirthDate),
                "Give the date of birth as year, month and day.")
            .Check(birthDate is null || (birthDate <= today && birthDate > today.AddYears(-130)), nameof(NewPatient.BirthDate),
                "The date of birth lies in the future or too far back.")
            .Check(Enum.IsDefined(input.Sex), nameof(NewPatient.Sex), "Choose one.")
            .Check(phone is null || normalPhone is not null, nameof(NewPatient.Phone),
                "A phone number has 7 to 15 digits, for example (555) 010-0142.")
            .Check(email is null || InputRules.IsEmail(email), nameof(NewPatient.Email),
                "This is not an e-mail address. It looks like name@example.com.")
            .Check(address is null || address.Length <= 300, nameof(NewPatient.Address), new Message("Use at most {0} characters.", 300))
            .Check(ssn is null || SocialSecurityNumber.Read(ssn) is not null, nameof(NewPatient.Ssn),
                "This is no SSN. It has nine digits, for example 900-12-3456.")
            .Check(reason is null || reason.Length <= 200, nameof(NewPatient.DuplicateReason),
                new Message("Use at most {0} characters.", 200))
            .Check(tin is null || InputRules.NineDigits(tin) is not null, nameof(NewPatient.Tin), "A TIN has nine digits.");
        return findings.IsEmpty
            ? new PatientInput(given, family, birthDate!.Value, input.Sex, normalPhone, email, address, SocialSecurityNumber.Read(ssn),
                InputRules.NineDigits(tin), reason)
            : findings.Error;
    }

    private static string? Optional(string? text) => InputRules.CleanLine(text) is { Length: > 0 } clean ? clean : null;
}
