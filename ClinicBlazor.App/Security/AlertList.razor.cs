using ClinicBlazor.App.Audit;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Security;

/// <summary>Alerts, each with a form of its own to acknowledge it.</summary>
public sealed partial class AlertList(NavigationManager navigation, TimeProvider clock, IStringLocalizer<AuditText> acts) : ComponentBase
{
    private readonly Dictionary<Guid, ElementReference> _buttons = [];
    private readonly Dictionary<Guid, ElementReference> _fields = [];
    private Guid? _focus;

    /// <summary>The alerts; null while they are on their way.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<AlertRow>? Rows { get; set; }

    /// <summary>What is being written, by the alert.</summary>
    [Parameter, EditorRequired]
    public Dictionary<Guid, AlertNote> Notes { get; set; } = [];

    /// <summary>The present moment.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    /// <summary>Acknowledges an alert by what is written about it.</summary>
    [Parameter, EditorRequired]
    public Func<CommandId, AlertRow, AlertNote, Task> Acknowledge { get; set; } = null!;

    /// <summary>Raised when a form was opened or left.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnNotes { get; set; }

    private NavigationManager Navigation => navigation;

    private TimeProvider Clock => clock;

    private IStringLocalizer<AuditText> Acts => acts;

    /// <summary>Puts the focus into the form of an alert, or on the button that opens it, once that is drawn.</summary>
    public void Focus(Guid alertId) => _focus = alertId;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } id)
        {
            _focus = null;
            var handles = Notes.ContainsKey(id) ? _fields : _buttons;
            if (Rows?.Any(row => row.Id == id) == true && handles.TryGetValue(id, out var handle))
            {
                await handle.FocusIfThereAsync();
            }
        }
    }

    private Task OpenAsync(AlertRow row)
    {
        Notes.TryAdd(row.Id, new AlertNote());
        return TellAsync(row);
    }

    private Task CloseAsync(AlertRow row)
    {
        Notes.Remove(row.Id);
        return TellAsync(row);
    }

    private Task TellAsync(AlertRow row)
    {
        _focus = row.Id;
        return OnNotes.InvokeAsync();
    }

    private Task SendAsync(CommandId command, AlertRow row, AlertNote note) => Acknowledge(command, row, note);

    private Task HandleKeyAsync(KeyboardEventArgs key, AlertRow row) =>
        key.Key == "Escape" && Notes.TryGetValue(row.Id, out var note) && !note.Command.Busy ? CloseAsync(row) : Task.CompletedTask;
}
