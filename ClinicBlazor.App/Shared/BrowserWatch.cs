using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Shared;

/// <summary>Notices something that happens in the browser to the page that this stands on, and shows nothing.</summary>
/// <param name="js">The browser.</param>
/// <param name="module">The script that notices it: its <c>begin</c> is given what to call, and answers with what ends it.</param>
public abstract class BrowserWatch(IJSRuntime js, string module) : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<BrowserWatch>? _self;
    private IJSObjectReference? _watch;
    private bool _removed;

    /// <summary>Raised when it happened.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnNoticed { get; set; }

    /// <summary>For the browser.</summary>
    [JSInvokable]
    public Task NoticeAsync() => _removed ? Task.CompletedTask : OnNoticed.InvokeAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _removed = true;
        GC.SuppressFinalize(this);
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
        await using var script = await js.InvokeAsync<IJSObjectReference>("import", CancellationToken.None, "./" + Assets[module]);
        _watch = await script.InvokeAsync<IJSObjectReference>("begin", CancellationToken.None, _self);
        if (_removed)
            await DisposeAsync();
    }
}
