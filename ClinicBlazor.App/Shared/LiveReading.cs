using System.Collections.Frozen;
using System.Globalization;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// Has a page read again whenever what it shows has changed, by whomever, and when something ends by itself. What changes while it
/// reads is read once more, however much that is; what could not be read is tried again, and the page stays meanwhile.
/// </summary>
internal sealed partial class LiveReading : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ended;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Func<Task> _read;
    private readonly Action? _onLiveChanged;
    private readonly ExpiryTimer _expiry;
    private readonly IDisposable _following;
    private Task _running = Task.CompletedTask;
    private bool _stale;
    private bool _refreshing;
    private bool _failed;

    /// <summary>Begins to follow; nothing is read yet.</summary>
    /// <param name="follow">
    /// Begins to call what it is given after each change, as nobody and on a thread of its own, with the ids of what has changed, none
    /// for what concerns every page; until what it returns is disposed of.
    /// </param>
    /// <param name="clock">The clock.</param>
    /// <param name="onCircuit">Runs something where the page is drawn.</param>
    /// <param name="log">Is told when reading again has failed.</param>
    /// <param name="read">Reads what the page shows.</param>
    /// <param name="only">The one thing that the page is of at a time; null for a page of all of them.</param>
    /// <param name="onLiveChanged">Called when <see cref="IsLive"/> has changed.</param>
    public LiveReading(Func<Action<IReadOnlySet<Guid>>, IDisposable> follow, TimeProvider clock, Func<Func<Task>, Task> onCircuit,
        ILogger log, Func<Task> read, Func<Guid>? only = null, Action? onLiveChanged = null)
    {
        (_ended, _clock, _log, _read, _onLiveChanged) = (_end.Token, clock, log, read, onLiveChanged);

        // It is told by nobody, so in no language.
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        Action<IReadOnlySet<Guid>> told = changed => _ = _ended.IsCancellationRequested ? Task.CompletedTask : onCircuit(() =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
            return only is null || changed.Count == 0 || changed.Contains(only()) ? RefreshAsync() : Task.CompletedTask;
        });
        (_expiry, _following) = (new ExpiryTimer(clock, () => told(FrozenSet<Guid>.Empty)), follow(told));
    }

    /// <summary>True while the page is as the database is, as far as it was told.</summary>
    public bool IsLive => !_failed;

    /// <summary>Reads now, or once more after what is on its way, for a page that shows nothing yet: a fault is thrown.</summary>
    public Task ReadAsync()
    {
        _stale = true;
        return _running.IsCompleted ? _running = RunAsync() : _running;
    }

    /// <summary>Reads again, after an act on the page: when that fails it is tried again, and nobody waits for it.</summary>
    public async Task ReadAgainAsync()
    {
        await TryReadAsync();
        if (_failed)
        {
            _ = RefreshAsync();
        }
    }

    /// <summary>Reads again when this moment has passed; null for what does not end by itself.</summary>
    public void EndsAt(DateTimeOffset? moment) => _expiry.Set(moment);

    /// <inheritdoc />
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _following.Dispose();
        _expiry.Dispose();
    }

    private async Task RunAsync()
    {
        while (_stale && !_ended.IsCancellationRequested)
        {
            _stale = false;
            await _read();
        }
    }

    // One at a time: whoever tries already reads what is new, too.
    private async Task RefreshAsync()
    {
        _stale = true;
        if (_refreshing)
        {
            return;
        }

        _refreshing = true;
        try
        {
            while (_stale && !_ended.IsCancellationRequested)
            {
                if (_failed)
                {
                    await Task.Delay(PauseAfterFailure, _clock, _ended);
                }

                await TryReadAsync();
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _refreshing = false;
        }
    }

    private async Task TryReadAsync()
    {
        try
        {
            await ReadAsync();
            SetFailed(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !_ended.IsCancellationRequested)
        {
            _stale = true;
            SetFailed(true);
            LogNotRead(fault.GetType().Name);
        }
    }

    private void SetFailed(bool failed)
    {
        if (_failed != failed)
        {
            _failed = failed;
            _onLiveChanged?.Invoke();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not be read again ({Fault}); it is tried again")]
    private partial void LogNotRead(string fault);
}
