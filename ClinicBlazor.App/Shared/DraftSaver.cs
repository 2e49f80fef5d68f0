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

    /// <summary>
    /// True when that text was typed without a connection and posted when its page was opened again, while another version stood.
    /// </summary>
    public bool Unsent { get; private set; }

    /// <summary>Called when the form is left.</summary>
    internal Action<DraftSaver>? Gone { get; init; }

    private bool Stopped => Refused || Overtaken;

    /// <summary>This is the draft that goes on, or there is none; nothing is unsaved.</summary>
    public void Found(DateTimeOffset? savedAt) =>
        (State, SavedAt, _unsaved, Overtaken, Unsent) = (savedAt is null ? SaveState.Idle : SaveState.Saved, savedAt, false, false, false);

    /// <summary>
    /// A form begins with this draft, or with none. Answers with the text to show: of two the one that was typed without a
    /// connection, which nothing replaces until its author says which goes on.
    /// </summary>
    public string? Open(SavedDraft? draft)
    {
        Found(draft?.SavedAt);
        if (draft?.Unsent is not { } unsent)
        {
            return draft?.Body;
        }

        (State, Overtaken, Unsent) = (SaveState.Idle, true, true);
        return unsent;
    }

    /// <summary>
    /// The author goes on with the other text, not with the one that stands in the form; null when it is gone. Answers with what
    /// to show.
    /// </summary>
    public string? OpenOther(SavedDraft? draft)
    {
        if (draft?.Unsent is null || draft.SavedAt != SavedAt)
        {
            return Open(draft);
        }

        Found(draft.SavedAt);
        Touch();
        return draft.Body;
    }

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
        (Overtaken, Unsent) = (result.Error?.Kind == ErrorKind.Conflict, false);
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
