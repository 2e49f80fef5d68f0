using ClinicBlazor.Domain.Input;

namespace ClinicBlazor.Domain.Records;

/// <summary>Checks and cleans what is written into records.</summary>
internal static class RecordInput
{
    private const int LongText = 8000;

    /// <summary>Checks a description; answers with all findings at once.</summary>
    public static Result<ProblemDescription> Check(ProblemDescription input)
    {
        var clean = new ProblemDescription(
            InputRules.Clean(input.Symptoms), input.Onset?.Words is { } words ? Optional(words) : input.Onset, input.Severity,
                Optional(input.ModifyingFactors));
        var findings = new Findings()
            .Text(clean.Symptoms, nameof(ProblemDescription.Symptoms), LongText, "Write what is wrong, in your own words.")
            .Check(clean.Onset?.Words is null or { Length: <= 200 }, nameof(ProblemDescription.Onset),
                new Message("Use at most {0} characters.", 200))
            .Check(clean.Severity is null or (>= 0 and <= 10), nameof(ProblemDescription.Severity), "Choose a number from 0 to 10.")
            .Check(clean.ModifyingFactors is null || clean.ModifyingFactors.Length <= 2000, nameof(ProblemDescription.ModifyingFactors),
                new Message("Use at most {0} characters.", 2000));
        return findings.IsEmpty ? clean : findings.Error;
    }

    /// <summary>Checks a diagnosis against the rules and the catalogue.</summary>
    public static Result<DiagnosisInput> Check(DiagnosisInput input, Icd10Catalog catalog)
    {
        var clean = input with { Text = InputRules.Clean(input.Text), Code = Optional(input.Code)?.ToUpperInvariant() };
        var findings = new Findings()
            .Text(clean.Text, nameof(DiagnosisInput.Text), LongText, "Write the diagnosis in words.")
            .Check(clean.Code is null || catalog.Find(clean.Code) is not null, nameof(DiagnosisInput.Code),
                "This code is not in the catalogue. Search by a word and choose from the list.")
            .Check(clean.Certainty is { } certainty && Enum.IsDefined(certainty), nameof(DiagnosisInput.Certainty),
                "Say how sure the diagnosis is.");
        return findings.IsEmpty ? clean : findings.Error;
    }

    private static string? Optional(string? text) => InputRules.Clean(text) is { Length: > 0 } clean ? clean : null;
}
