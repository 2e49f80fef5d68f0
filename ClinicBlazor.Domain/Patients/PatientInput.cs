namespace ClinicBlazor.Domain.Patients;

/// <summary>A registration that has been checked and cleaned.</summary>
internal sealed record PatientInput(
    string GivenName, string FamilyName, DateOnly BirthDate, Sex Sex, string? Phone, string? Email, string? Address, string? Ssn, string? Tin)
{
    /// <summary>Checks what was typed; answers with all findings at once.</summary>
    public static Result<PatientInput> Check(NewPatient input, DateOnly today)
    {
        var given = InputRules.CleanLine(input.GivenName);
        var family = InputRules.CleanLine(input.FamilyName);
        var birthDate = InputRules.IsoDate(input.BirthDate);
        var phone = Optional(input.Phone);
        var email = Optional(input.Email);
        var address = Optional(input.Address);
        var ssn = Optional(input.Ssn);
        var tin = Optional(input.Tin);
        var findings = new Findings()
            .Text(given, nameof(NewPatient.GivenName), 100, "Give the given name.")
            .Text(family, nameof(NewPatient.FamilyName), 100, "Give the family name.")
            .Check(birthDate is not null, nameof(NewPatient.BirthDate), "Give the date of birth as year, month and day.")
            .Check(birthDate is null || (birthDate <= today && birthDate > today.AddYears(-130)), nameof(NewPatient.BirthDate), "The date of birth lies in the future or too far back.")
            .Check(Enum.IsDefined(input.Sex), nameof(NewPatient.Sex), "Choose one.")
            .Check(phone is null || InputRules.IsPhone(phone), nameof(NewPatient.Phone), "A phone number has 7 to 15 digits, for example (555) 010-0142.")
            .Check(email is null || InputRules.IsEmail(email), nameof(NewPatient.Email), "This is not an e-mail address. It looks like name@example.com.")
            .Check(address is null || address.Length <= 300, nameof(NewPatient.Address), new Message("Use at most {0} characters.", 300))
            .Check(ssn is null || InputRules.NineDigits(ssn) is not null, nameof(NewPatient.Ssn), "An SSN has nine digits, for example 900-12-3456.")
            .Check(tin is null || InputRules.NineDigits(tin) is not null, nameof(NewPatient.Tin), "A TIN has nine digits.");
        return findings.IsEmpty
            ? new PatientInput(given, family, birthDate!.Value, input.Sex, phone, email, address, InputRules.NineDigits(ssn), InputRules.NineDigits(tin))
            : findings.Error;
    }

    /// <summary>Every text of a registration.</summary>
    public static IReadOnlyList<Typed> TextsOf(NewPatient input) =>
    [
        Typed.Plain(nameof(NewPatient.GivenName), input.GivenName), Typed.Plain(nameof(NewPatient.FamilyName), input.FamilyName),
        Typed.Plain(nameof(NewPatient.BirthDate), input.BirthDate), Typed.Plain(nameof(NewPatient.Phone), input.Phone),
        Typed.Plain(nameof(NewPatient.Email), input.Email), Typed.Plain(nameof(NewPatient.Address), input.Address),
        Typed.Plain(nameof(NewPatient.Ssn), input.Ssn), Typed.Plain(nameof(NewPatient.Tin), input.Tin),
    ];

    private static string? Optional(string? text) => InputRules.CleanLine(text) is { Length: > 0 } clean ? clean : null;
}
