using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClinicBlazor.App.Shared;

/// <summary>What is typed into a form, as the body of its draft.</summary>
internal static class DraftBody
{
    // Letters beyond ASCII stay single characters: escaped, a long text would not fit into a draft. The body is sealed
    // and never becomes part of a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a saved draft; null for a body that a later version of the form no longer understands.</summary>
    public static T? Read<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the body of a draft.</summary>
    public static string Write<T>(T form) => JsonSerializer.Serialize(form, Json);
}
