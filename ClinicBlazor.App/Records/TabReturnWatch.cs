using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Records;

/// <summary>Notices when somebody comes back to the browser tab that this stands in.</summary>
public sealed class TabReturnWatch(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<TabReturnWatch>? _self;
    private IJSObjectReference? _watch;
    private bool _removed;

    /// <summary>Raised when the tab is in view again.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnReturn { get; set; }

    /// <summary>For the browser.</summary>
    [JSInvokable]
    public Task ReturnAsync() => _removed ? Task.CompletedTask : OnReturn.InvokeAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _removed = true;
        try
        {
            if (_watch is not null)
            {
                await _watch.InvokeVoidAsync("end", CancellationToken.None);
                await _watch.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and what listened with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", CancellationToken.None,
            "./" + Assets["js/tab-watch.js"]);
        _watch = await module.InvokeAsync<IJSObjectReference>("begin", CancellationToken.None, _self);
        if (_removed)
            await DisposeAsync();
    }
}
