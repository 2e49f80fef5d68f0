using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// Gives the focus to something that may be gone when the browser is asked: for who goes on quickly, or whose page is read again
/// just then, that is no fault. The library's own ways are banned elsewhere.
/// </summary>
internal static class Focusing
{
    /// <summary>Gives an element the focus, where it is still there.</summary>
    public static Task FocusIfThereAsync(this ElementReference element, bool preventScroll = false) =>
        IfThereAsync(() => element.FocusAsync(preventScroll));

    /// <summary>Gives a field the focus, where it is still there.</summary>
    public static Task FocusIfThereAsync<T>(this MudBaseInput<T> field) => IfThereAsync(field.FocusAsync);

    private static async Task IfThereAsync(Func<ValueTask> focus)
    {
        try
        {
            await focus();
        }
        catch (Exception fault) when (fault is JSException or JSDisconnectedException)
        {
            // The element has left the page, or the page the browser.
        }
    }
}
