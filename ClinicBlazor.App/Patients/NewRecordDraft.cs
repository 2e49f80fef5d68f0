using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Patients;

/// <summary>What a doctor has written of a new record so far; the body of the draft.</summary>
internal sealed class NewRecordDraft
{
    /// <summary>Names the record that this becomes, also in another tab that goes on with the same draft: it is one record.</summary>
    public Guid Command { get; init; } = CommandId.New().Value;

    public string Symptoms { get; set; } = "";

    public string Onset { get; set; } = "";

    public int? Severity { get; set; }

    public string ModifyingFactors { get; set; } = "";

    /// <summary>Reads a saved draft. A body that a later version of the form no longer understands counts as none.</summary>
    public static NewRecordDraft Read(string body) => DraftBody.Read<NewRecordDraft>(body) ?? new();

    /// <summary>The same text as the draft of a further record.</summary>
    public NewRecordDraft AsAnother() =>
        new() { Symptoms = Symptoms, Onset = Onset, Severity = Severity, ModifyingFactors = ModifyingFactors };

    /// <summary>The body of the draft.</summary>
    public string Write() => DraftBody.Write(this);

    public ProblemDescription ToInput() => new(Symptoms, Onset, Severity, ModifyingFactors);

    /// <summary>Id of the element for a property of <see cref="ProblemDescription"/>.</summary>
    public static string IdOf(string field) => field switch
    {
        nameof(ProblemDescription.ModifyingFactors) => "modifying-factors",
        _ => field.ToLowerInvariant(),
    };
}
