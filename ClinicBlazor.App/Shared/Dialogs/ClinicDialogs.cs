using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Shared.Dialogs;

/// <summary>
/// Opens the dialogs of staff pages. Each takes the focus, gives it back when it is gone, and is left by Esc; what can be
/// reached first in it is harmless. For staff only: the layout of patients shows none.
/// </summary>
public sealed class ClinicDialogs(IDialogService dialogs)
{
    // Two presses come before the dialog stands: one of a kind is there at a time.
    private readonly HashSet<Type> _open = [];

    /// <summary>Asks whether to go through with an act; false when the person leaves.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="gone">Closes the dialog when what it is about is no longer shown.</param>
    public async Task<bool> ConfirmAsync(Confirmation question, CancellationToken gone = default)
    {
        var parameters = new DialogParameters<ConfirmationDialog> { { dialog => dialog.Question, question } };
        return await OpenAsync(parameters, frame: null, gone) is true;
    }

    /// <summary>
    /// Opens a dialog and waits until it is gone. The answer is what the dialog was closed with; the default value when the
    /// person left it.
    /// </summary>
    /// <param name="parameters">The dialog and what it is given.</param>
    /// <param name="gone">Closes the dialog when what it is about is no longer shown.</param>
    public Task<TAnswer?> AskAsync<TDialog, TAnswer>(DialogParameters<TDialog> parameters, CancellationToken gone = default)
        where TDialog : IComponent =>
        AskAsync<TDialog, TAnswer>(parameters, frame: null, gone);

    /// <summary>The same with a frame of its own.</summary>
    /// <param name="parameters">The dialog and what it is given.</param>
    /// <param name="frame">What is other than in every dialog; null when nothing is.</param>
    /// <param name="gone">Closes the dialog when what it is about is no longer shown.</param>
    public async Task<TAnswer?> AskAsync<TDialog, TAnswer>(DialogParameters<TDialog> parameters, DialogOptions? frame,
        CancellationToken gone = default)
        where TDialog : IComponent =>
        await OpenAsync(parameters, frame, gone) is TAnswer answer ? answer : default;

    /// <summary>Opens a dialog that only shows something, and waits until it is gone.</summary>
    public Task ShowAsync<TDialog>(DialogParameters<TDialog> parameters)
        where TDialog : IComponent =>
        OpenAsync(parameters, frame: null, CancellationToken.None);

    private async Task<object?> OpenAsync<TDialog>(DialogParameters<TDialog> parameters, DialogOptions? frame, CancellationToken gone)
        where TDialog : IComponent
    {
        if (gone.IsCancellationRequested || !_open.Add(typeof(TDialog)))
        {
            return null;
        }

        try
        {
            var dialog = await dialogs.ShowAsync<TDialog>(title: null, parameters, frame);

            // A page may be ended on any thread, and its dialog closes on the circuit's own only: a fault here would be one of
            // ending the page, which saves what was typed. Posted and not sent: the circuit's thread may be the one that ends it.
            var circuit = SynchronizationContext.Current!;
            await using var closing = gone.Register(() => circuit.Post(_ => dialog.Close(), state: null));
            var result = await dialog.Result;

            // The answer comes while the dialog still stands: what its asker does with the focus would be undone when it goes.
            await Task.Yield();
            return result is { Canceled: false, Data: var answer } ? answer : null;
        }
        finally
        {
            _open.Remove(typeof(TDialog));
        }
    }
}
