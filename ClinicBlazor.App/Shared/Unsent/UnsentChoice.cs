using System.Text.Json;
using System.Text.Json.Nodes;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Shared.Unsent;

/// <summary>
/// What becomes of a text that was typed without a connection, by the side of the draft as it stands now. It goes over the version
/// that its page had. Over a later one it goes only where it holds that as a whole: mostly it is the same person's same
/// sentence, which the circuit saved once more before it ended. Otherwise both are kept, and the page asks which goes on.
/// </summary>
internal static class UnsentChoice
{
    /// <summary>What is to be kept; null when that would bring back a draft that has ended, or lose one of three texts.</summary>
    /// <param name="standing">The draft; null for none.</param>
    /// <param name="mine">The text.</param>
    /// <param name="over">The version that its page had; null for none.</param>
    public static DraftText? Of(SavedDraft? standing, string mine, DateTimeOffset? over)
    {
        if (standing is null)
        {
            // Sent or thrown away since: what was sent must not come again.
            return over is null ? new DraftText(mine) : null;
        }

        if (standing.Unsent is { } unsent)
        {
            return standing.SavedAt == over || Holds(mine, unsent) ? new DraftText(standing.Body, mine) : null;
        }

        return standing.SavedAt == over || Holds(mine, standing.Body) ? new DraftText(mine) : new DraftText(standing.Body, mine);
    }

    /// <summary>True when nothing of <paramref name="standing"/> is lost where <paramref name="mine"/> takes its place.</summary>
    private static bool Holds(string mine, string standing) =>
        Fields(mine) is { } written && Fields(standing) is { } kept
            ? kept.All(field => Holds(written[field.Key], field.Value))
            : mine.Contains(standing, StringComparison.Ordinal);

    private static bool Holds(JsonNode? mine, JsonNode? standing) => (standing?.GetValueKind(), mine?.GetValueKind()) switch
    {
        (null or JsonValueKind.False, _) => true,
        (JsonValueKind.String, JsonValueKind.String) =>
            mine!.GetValue<string>().Contains(standing!.GetValue<string>(), StringComparison.Ordinal),
        _ => JsonNode.DeepEquals(mine, standing),
    };

    private static JsonObject? Fields(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
