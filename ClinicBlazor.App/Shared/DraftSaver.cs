using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// Saves what somebody is typing, about once a second for as long as it changes, and says how far it has got. It lives
/// on the page's circuit, so nothing here runs at the same time as anything else of the page.
/// </summary>
/// <param name="saveAsync">Saves the present text.</param>
/// <param name="changed">Called when <see cref="State"/> has changed.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of saves that failed.</param>
public sealed partial class DraftSaver(Func<Task<Result<DateTimeOffset>>> saveAsync, Action changed, TimeProvider time,
    ILogger<DraftSaver> log) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _gone = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _unsaved;
    private bool _running;

    /// <summary>How far the text has got.</summary>
    public SaveState State { get; private set; }

    /// <summary>When it was stored last.</summary>
    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>True once the save was refused: the page shows something that is not this person's any more.</summary>
    public bool Refused { get; private set; }

    /// <summary>
    /// True once another window has saved the same form: nothing is saved until <see cref="Found"/> says which text
    /// goes on.
    /// </summary>
    public bool Overtaken { get; private set; }

    /// <summary>Called when the form is left.</summary>
    internal Action<DraftSaver>? Gone { get; init; }

    private bool Stopped => Refused || Overtaken;

    /// <summary>This is the draft that goes on, or there is none; nothing is unsaved.</summary>
    public void Found(DateTimeOffset? savedAt) =>
        (State, SavedAt, _unsaved, Overtaken) = (savedAt is null ? SaveState.Idle : SaveState.Saved, savedAt, false, false);

    /// <summary>Something was typed. It is saved soon, without a need to wait for it.</summary>
    public void Touch()
    {
        (_unsaved, State) = (true, Overtaken ? SaveState.Idle : SaveState.Saving);
        if (!_running && !Stopped)
        {
            _ = RunAsync(_gone.Token);
        }
    }

    /// <summary>Saves at once what is not saved yet.</summary>
    public async Task SaveAsync()
    {
        await SaveInTurnAsync();
        changed();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Gone?.Invoke(this);
        await _gone.CancelAsync();
        await SaveInTurnAsync();
        _gone.Dispose();
        _turn.Dispose();
    }

    private async Task RunAsync(CancellationToken gone)
    {
        _running = true;
        try
        {
            while (_unsaved && !Stopped)
            {
                await Task.Delay(State == SaveState.Waiting ? PauseAfterFailure : Pause, time, gone);
                await SaveAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone; disposing saves the rest.
        }
        finally
        {
            _running = false;
        }
    }

    private async Task SaveInTurnAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_unsaved && !Stopped)
            {
                _unsaved = false;
                Take(await saveAsync());
            }
        }
        catch (Exception fault)
        {
            // Whatever stands in the way, a busy database for instance, must not take the page with the text away.
            LogNotSaved(fault.GetType().Name);
            (_unsaved, State) = (true, SaveState.Waiting);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Take(Result<DateTimeOffset> result)
    {
        Overtaken = result.Error?.Kind == ErrorKind.Conflict;
        Refused = !result.IsSuccess && !Overtaken;
        if (result.IsSuccess)
        {
            (State, SavedAt) = (_unsaved ? SaveState.Saving : SaveState.Saved, result.Value);
        }
        else if (Overtaken)
        {
            State = SaveState.Idle;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A draft could not be saved ({Fault}); it is tried again")]
    private partial void LogNotSaved(string fault);
}
