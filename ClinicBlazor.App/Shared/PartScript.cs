using Microsoft.JSInterop;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// The script of a part of a page, in the browser for as long as the part is there. The part may be gone before the script has
/// arrived: then it does not begin, or ends at once, and nobody meets a fault on the page that they have gone on to.
/// </summary>
/// <typeparam name="TPart">The part, whose invokable methods the script calls.</typeparam>
internal sealed class PartScript<TPart>(IJSRuntime js, TPart part) : IAsyncDisposable
    where TPart : class
{
    private DotNetObjectReference<TPart>? _part;
    private IJSObjectReference? _script;

    /// <summary>True when the part has been removed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// Begins a module: its <c>begin</c> is given <paramref name="beside"/> and what to call, and answers with what has an <c>end</c>.
    /// </summary>
    public async Task BeginAsync(string module, params object[] beside)
    {
        try
        {
            await using var loaded = await js.InvokeAsync<IJSObjectReference>("import", CancellationToken.None, "./" + module);
            if (IsOver)
            {
                return;
            }

            _part = DotNetObjectReference.Create(part);
            _script = await loaded.InvokeAsync<IJSObjectReference>("begin", CancellationToken.None, [.. beside, _part]);
        }
        catch (Exception fault) when (IsOver && fault is JSException or JSDisconnectedException)
        {
            // What it was to begin with has left the page.
        }

        if (IsOver)
        {
            await EndAsync();
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        IsOver = true;
        return EndAsync();
    }

    private async ValueTask EndAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("end", CancellationToken.None);
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and what ran on it.
        }

        _part?.Dispose();
    }
}
