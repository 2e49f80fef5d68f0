using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Shared;

/// <summary>Notices something that happens in the browser to the page that this stands on, and shows nothing.</summary>
/// <param name="js">The browser.</param>
/// <param name="module">The script that notices it: its <c>begin</c> is given what to call, and answers with what ends it.</param>
public abstract class BrowserWatch(IJSRuntime js, string module) : ComponentBase, IAsyncDisposable
{
    private PartScript<BrowserWatch>? _script;

    /// <summary>Raised when it happened.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnNoticed { get; set; }

    /// <summary>For the browser.</summary>
    [JSInvokable]
    public Task NoticeAsync() => _script is { IsOver: false } ? OnNoticed.InvokeAsync() : Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _script?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task OnAfterRenderAsync(bool firstRender) =>
        firstRender ? (_script = new PartScript<BrowserWatch>(js, this)).BeginAsync(Assets[module]) : Task.CompletedTask;
}
