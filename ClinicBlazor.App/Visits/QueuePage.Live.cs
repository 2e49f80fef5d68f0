using ClinicBlazor.App.Shared;

namespace ClinicBlazor.App.Visits;

/// <summary>How the board stays as the database is.</summary>
public sealed partial class QueuePage
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(3);

    private Task _loading = Task.CompletedTask;
    private DateTimeOffset _changed;
    private bool _isLive = true;
    private bool _stale;

    /// <summary>Reads the board because something has changed; when that fails, the board says so and tries again.</summary>
    private async Task RefreshAsync()
    {
        try
        {
            do
            {
                await TryLoadAsync();
            }
            while (!_isLive && await PausedAsync());
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task TryLoadAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception fault) when (fault is not OperationCanceledException && _isLive)
        {
            _isLive = false;
            StateHasChanged();
            LogNotRead(fault.GetType().Name);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogNotRead(fault.GetType().Name);
        }
    }

    private async Task<bool> PausedAsync()
    {
        await Task.Delay(PauseAfterFailure, clock, _gone.Token);
        return true;
    }

    /// <summary>Reads the board; what changes while it is on its way is read once more, however much that is.</summary>
    private Task LoadAsync()
    {
        _stale = true;
        return _loading.IsCompleted ? _loading = ReadAsync() : _loading;
    }

    private async Task ReadAsync()
    {
        var ct = _gone.Token;
        try
        {
            while (_stale && !ct.IsCancellationRequested)
            {
                _stale = false;
                var result = await queue.ListAsync(await current.GetAsync(ct), _shown, ct);
                ct.ThrowIfCancellationRequested();
                (_refused, _board, _isLive) = (!result.IsSuccess, result.IsSuccess ? result.Value : null, true);
                if (_board is null)
                {
                    Forget();
                }

                CloseGuard();
                _expiry?.Set(_board?.Rows.Min(row => row.ClearedUntil));
                _shown.UnionWith(_board?.Rows.Select(row => row.PatientId) ?? []);
                (_now, _changed) = (clock.GetUtcNow(), clock.GetUtcNow());
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // The minutes go on by themselves; a new day is another board.
    private Task RedrawAsync()
    {
        var before = clock.Local(_now).Date;
        _now = clock.GetUtcNow();
        StateHasChanged();
        return clock.Local(_now).Date == before ? Task.CompletedTask : RefreshAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue could not be read ({Fault}); it is tried again")]
    private partial void LogNotRead(string fault);
}
