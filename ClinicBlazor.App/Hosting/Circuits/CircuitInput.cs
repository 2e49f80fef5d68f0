using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// What a person has done at a page, as the circuit's message says it; as opposed to what a page sends by itself:
/// acknowledgements of what was drawn, answers to scripts, timers, scrolling, focus that a script has moved.
/// </summary>
/// <param name="IsPersons">True when the message comes from something that a person did.</param>
/// <param name="Text">What was typed, or the address that was gone to; null when the message carries neither.</param>
internal readonly record struct CircuitInput(bool IsPersons, string? Text)
{
    private const string Dispatch = "DispatchEventAsync";

    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "click", "dblclick", "contextmenu", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "wheel",
        "keydown", "keyup", "keypress", "input", "change", "submit", "cut", "copy", "paste", "drop",
    };

    /// <summary>Reads a call of the circuit's hub.</summary>
    public static CircuitInput Of(HubInvocationContext call) => (call.HubMethodName, call.HubMethodArguments) switch
    {
        // Address, state, and whether a link was pressed: an address that the server changed does not count.
        ("OnLocationChanged", [string address, _, bool pressed]) => new(pressed, Uri.UnescapeDataString(address)),

        // Call id, assembly, method, object, arguments; events come in this way, and so does what scripts call.
        ("BeginInvokeDotNetFromJS", [_, _, Dispatch, _, string arguments]) => OfEvent(arguments),
        _ => default,
    };

    private static CircuitInput OfEvent(string arguments)
    {
        try
        {
            using var json = JsonDocument.Parse(arguments);
            var name = json.RootElement[0].GetProperty("eventName").GetString() ?? "";
            var text = json.RootElement.GetArrayLength() > 1 && json.RootElement[1] is { ValueKind: JsonValueKind.Object } details
                && details.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return new(Events.Contains(name), text);
        }
        catch (Exception fault) when (
            fault is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            // Malformed: the circuit itself refuses it.
            return default;
        }
    }
}
