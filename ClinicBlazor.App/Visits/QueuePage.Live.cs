using ClinicBlazor.App.Shared;

namespace ClinicBlazor.App.Visits;

/// <summary>How the board stays as the database is.</summary>
public sealed partial class QueuePage
{
    private LiveReading? _live;
    private DateTimeOffset _changed;

    private Task LoadAsync() => _live!.ReadAgainAsync();

    private async Task ReadAsync()
    {
        var ct = _gone.Token;
        try
        {
            var result = await queue.ListAsync(await current.GetAsync(ct), _shown, ct);
            ct.ThrowIfCancellationRequested();
            (_refused, _board) = (!result.IsSuccess, result.IsSuccess ? result.Value : null);
            if (_board is null)
            {
                Forget();
            }

            CloseGuard();
            _live!.EndsAt(_board?.Rows.Min(row => row.ClearedUntil));
            _shown.UnionWith(_board?.Rows.Select(row => row.PatientId) ?? []);
            (_now, _changed) = (clock.GetUtcNow(), clock.GetUtcNow());
            StateHasChanged();
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
        return clock.Local(_now).Date == before ? Task.CompletedTask : LoadAsync();
    }
}
