using System.Text.Encodings.Web;
using System.Text.Json;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Patients;

/// <summary>What a doctor has written of a new record so far; the body of the draft.</summary>
internal sealed class NewRecordDraft
{
    // Letters beyond ASCII stay single characters: escaped, a long text would not fit into a draft. The body is sealed
    // and never becomes part of a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Names the record that this becomes, also in another tab that goes on with the same draft: it is one record.</summary>
    public Guid Command { get; init; } = CommandId.New().Value;

    public string Symptoms { get; set; } = "";

    public string Onset { get; set; } = "";

    public int? Severity { get; set; }

    public string ModifyingFactors { get; set; } = "";

    /// <summary>Reads a saved draft. A body that a later version of the form no longer understands counts as none.</summary>
    public static NewRecordDraft Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<NewRecordDraft>(body, Json) ?? new NewRecordDraft();
        }
        catch (JsonException)
        {
            return new NewRecordDraft();
        }
    }

    /// <summary>The same text as the draft of a further record.</summary>
    public NewRecordDraft AsAnother() =>
        new() { Symptoms = Symptoms, Onset = Onset, Severity = Severity, ModifyingFactors = ModifyingFactors };

    /// <summary>The body of the draft.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    public ProblemDescription ToInput() => new(Symptoms, Onset, Severity, ModifyingFactors);

    /// <summary>Id of the element for a property of <see cref="ProblemDescription"/>.</summary>
    public static string IdOf(string field) => field switch
    {
        nameof(ProblemDescription.ModifyingFactors) => "modifying-factors",
        _ => field.ToLowerInvariant(),
    };
}
