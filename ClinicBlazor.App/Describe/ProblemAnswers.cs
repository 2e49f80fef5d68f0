using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClinicBlazor.Domain;
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

    /// <summary>What is the problem?</summary>
    public string Problem { get; set; } = "";

    /// <summary>Since when?</summary>
    public Onset? Since { get; set; }

    /// <summary>The day of <see cref="Onset.KnownDay"/>, ISO, as the date field gives it.</summary>
    public string Day { get; set; } = "";

    /// <summary>How strong, 0 to 10.</summary>
    public int? Strength { get; set; }

    /// <summary>What makes it better or worse?</summary>
    public string BetterOrWorse { get; set; } = "";

    /// <summary>The answers of a draft. A body that a later version of the questions no longer understands counts as none.</summary>
    public static ProblemAnswers FromDraft(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemAnswers>(body, Json) ?? new ProblemAnswers();
        }
        catch (JsonException)
        {
            return new ProblemAnswers();
        }
    }

    /// <summary>The body of the draft.</summary>
    public string ToDraft() => JsonSerializer.Serialize(this, Json);

    /// <summary>The answers as the clinic gets them; the choice of "Since when?" in the words that the patient read.</summary>
    public ProblemDescription Describe(IStringLocalizer<DescribeText> text) => new(Problem, SinceInWords(text), Strength, BetterOrWorse);

    /// <summary>"Since when?" in words; null when it was left out.</summary>
    public string? SinceInWords(IStringLocalizer<DescribeText> text) => Since switch
    {
        Onset.KnownDay => InputRules.IsoDate(Day)?.ToString("D", CultureInfo.CurrentCulture),
        { } choice => Words(choice, text),
        null => null,
    };

    /// <summary>A choice as it stands on the screen.</summary>
    public static string Words(Onset choice, IStringLocalizer<DescribeText> text) => choice switch
    {
        Onset.Today => text["Today"],
        Onset.Yesterday => text["Since yesterday"],
        Onset.Days => text["2 to 7 days"],
        Onset.Weeks => text["1 to 4 weeks"],
        Onset.Longer => text["Longer than a month"],
        Onset.KnownDay => text["I know the day"],
    };
}
