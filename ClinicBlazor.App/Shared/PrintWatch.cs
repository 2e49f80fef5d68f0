using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Shared;

/// <summary>Notices when the page that this stands on is printed.</summary>
public sealed class PrintWatch(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<PrintWatch>? _self;
    private IJSObjectReference? _watch;
    private bool _removed;

    /// <summary>Raised once for each print.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnPrint { get; set; }

    /// <summary>For the browser.</summary>
    [JSInvokable]
    public Task PrintAsync() => _removed ? Task.CompletedTask : OnPrint.InvokeAsync();

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
            "./" + Assets["js/print-watch.js"]);
        _watch = await module.InvokeAsync<IJSObjectReference>("begin", CancellationToken.None, _self);
        if (_removed)
            await DisposeAsync();
    }
}
