using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Describe;

/// <summary>What a patient has answered so far; the body of the draft.</summary>
public sealed record ProblemAnswers
{
    // Letters beyond ASCII stay single characters: escaped, a long text would not fit into a draft. The body is sealed
    // and never becomes part of a page.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Names the record that this becomes, also in another tab that goes on with the same draft: it is one record.</summary>
    public Guid Command { get; init; } = CommandId.New().Value;

    // The names that the answers had in drafts of earlier versions.
    private static readonly (string Old, string New)[] Renamed =
    [
        ("Problem", nameof(Symptoms)), ("Since", nameof(Onset)), ("Day", nameof(OnsetDay)), ("Strength", nameof(Severity)),
        ("BetterOrWorse", nameof(ModifyingFactors)),
    ];

    /// <summary>What is the problem?</summary>
    public string Symptoms { get; set; } = "";

    /// <summary>Since when?</summary>
    public OnsetChoice? Onset { get; set; }

    /// <summary>The day of <see cref="OnsetChoice.KnownDay"/>, ISO, as the date field gives it.</summary>
    public string OnsetDay { get; set; } = "";

    /// <summary>How strong, 0 to 10.</summary>
    public int? Severity { get; set; }

    /// <summary>What makes it better or worse?</summary>
    public string ModifyingFactors { get; set; } = "";

    /// <summary>The answer to "Since when?"; null when it was left out, or its day was.</summary>
    [JsonIgnore]
    public Onset? Since => Onset switch
    {
        OnsetChoice.KnownDay => InputRules.IsoDate(OnsetDay) is { } day ? Domain.Records.Onset.On(day) : null,
        { } choice => Domain.Records.Onset.Of(choice),
        null => null,
    };

    /// <summary>The answers of a draft. A body that a later version of the questions no longer understands counts as none.</summary>
    public static ProblemAnswers FromDraft(string body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject answers)
            {
                return new ProblemAnswers();
            }

            foreach (var (old, name) in Renamed)
            {
                if (answers.Remove(old, out var answer))
                {
                    answers[name] = answer;
                }
            }

            return answers.Deserialize<ProblemAnswers>(Json) ?? new ProblemAnswers();
        }
        catch (JsonException)
        {
            return new ProblemAnswers();
        }
    }

    /// <summary>The body of the draft.</summary>
    public string ToDraft() => JsonSerializer.Serialize(this, Json);

    /// <summary>The answers as the clinic gets them.</summary>
    public ProblemDescription Describe() => new(Symptoms, Since, Severity, ModifyingFactors);

    /// <summary>A choice as it stands on the screen.</summary>
    public static string Words(OnsetChoice choice, IStringLocalizer<DescribeText> text, IStringLocalizer<SharedText> shared) =>
        choice == OnsetChoice.KnownDay ? text["I know the day"] : OnsetWords.Of(Domain.Records.Onset.Of(choice), shared);
}
