using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// Tells a person's doing from everything else that a page sends by itself: acknowledgements of what was drawn, answers
/// to scripts, timers, scrolling, focus that a script has moved.
/// </summary>
internal static class CircuitInput
{
    private const string Dispatch = "DispatchEventAsync";

    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "click", "dblclick", "contextmenu", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "wheel",
        "keydown", "keyup", "keypress", "input", "change", "submit", "cut", "copy", "paste", "drop",
    };

    /// <summary>True when the call of the circuit's hub comes from something that a person did.</summary>
    public static bool IsPersons(HubInvocationContext call) => call.HubMethodName switch
    {
        // Address, state, and whether a link was pressed: an address that the server changed does not count.
        "OnLocationChanged" => call.HubMethodArguments is [_, _, true],

        // Call id, assembly, method, object, arguments; events come in this way, and so does what scripts call.
        "BeginInvokeDotNetFromJS" => call.HubMethodArguments is [_, _, Dispatch, _, string arguments] && Events.Contains(EventName(arguments)),
        _ => false,
    };

    private static string EventName(string arguments)
    {
        try
        {
            using var json = JsonDocument.Parse(arguments);
            return json.RootElement[0].GetProperty("eventName").GetString() ?? "";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            // Malformed: the circuit itself refuses it.
            return "";
        }
    }
}
