using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Records;

/// <summary>
/// Adds to a signed record, or puts a further signature under it. What is typed is kept as a draft of its author until it
/// is signed.
/// </summary>
public sealed partial class AddendumForm(
    AmendmentService amendments, DraftService drafts, CurrentActor current, StepUp stepUp, DraftSavers savers, ClinicDialogs dialogs)
    : RecordPart
{
    /// <summary>Id of the text box.</summary>
    internal const string TextId = "addendum";

    private readonly FormCommand _command = new();
    private DraftSaver _saver = null!;
    private string _text = "";
    private string? _problem;
    private string? _notice;

    /// <summary>Whether the reader has not signed yet.</summary>
    [Parameter]
    public bool MayCountersign { get; set; }

    /// <summary>Asks for the record again.</summary>
    [Parameter, EditorRequired]
    public Func<Task<RecordDetails?>> Reload { get; set; } = null!;

    /// <summary>Raised when the act was refused.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnRefused { get; set; }

    private string FormName => DraftForms.AddendumTo(Record.Id);

    private string UnsentAddress => new UnsentDraft(UnsentAddendum.Name, Record.PatientId, Record.Id, _saver.SavedAt, Line: null).Address;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _saver.DisposeAsync();
        Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => _saver = savers.Begin(KeepAsync, Redraw);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => TakeDraftAsync();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _text = "";
    }

    private void Typed()
    {
        _problem = null;
        _saver.Touch();
    }

    private async Task TakeDraftAsync()
    {
        if (await FindAsync() is { } found && _text.Length == 0)
        {
            _text = _saver.Open(found)!;
        }
    }

    /// <summary>Goes on with one of two texts of the same person: the other window's, or the one that stands here.</summary>
    private async Task GoOnAsync(bool withTheirs)
    {
        var found = await FindAsync();
        if (withTheirs)
        {
            // Nothing there: the other window has signed its text, or thrown it away.
            _text = _saver.OpenOther(found) ?? "";
            await Reload();
        }
        else
        {
            _saver.Found(found?.SavedAt);
            _saver.Touch();
            await _saver.SaveAsync();
        }
    }

    private async Task<SavedDraft?> FindAsync()
    {
        var found = await drafts.FindAsync(await current.GetAsync(Removed), Record.PatientId, FormName, Removed);
        Removed.ThrowIfCancellationRequested();
        return found.IsSuccess ? found.Value : null;
    }

    private async Task<Result<DateTimeOffset>> KeepAsync() => await drafts.SaveOverAsync(
        await current.GetAsync(CancellationToken.None), Record.PatientId, FormName, _text, _saver.SavedAt, CancellationToken.None);

    private void Redraw()
    {
        if (_saver.Refused)
        {
            _ = OnRefused.InvokeAsync();
        }
        else
        {
            StateHasChanged();
        }
    }

    private async Task AddAsync(CommandId command)
    {
        await _saver.SaveAsync();
        if (_saver.Overtaken)
        {
            return; // which of two texts is to be signed stands as a question beside the form
        }

        var (record, text, draft) = (Record, _text, _saver.SavedAt);

        // Nothing to be asked about: the service says what is wanted.
        if (!string.IsNullOrWhiteSpace(text) && !await IsMeantAsync(record, text))
        {
            return;
        }

        await RunAsync(command,
            actor => amendments.AddAddendumAsync(actor, record.PatientId, record.Id, text, draft, CancellationToken.None), () =>
            {
                // Its draft went with the addendum; what was typed meanwhile is the next one's.
                _saver.Found(null);
                if (_text == text)
                {
                    _text = "";
                }
                else
                {
                    _saver.Touch();
                }
            });
    }

    private async Task<bool> IsOvertakenAsync()
    {
        if (_text.Length > 0)
        {
            _saver.Touch();
            await _saver.SaveAsync();
        }

        return _saver.Overtaken;
    }

    private async Task CountersignAsync(CommandId command)
    {
        var record = Record;
        if (await IsMeantAsync(record, addendum: null))
        {
            await RunAsync(command,
                actor => amendments.CountersignAsync(actor, record.PatientId, record.Id, CancellationToken.None), () => { });
        }
    }

    /// <summary>What is signed here is signed for ever: it is shown and asked about first.</summary>
    private Task<bool> IsMeantAsync(RecordDetails record, string? addendum) =>
        dialogs.AskAsync<AmendDialog, bool>(
            new DialogParameters<AmendDialog> { { dialog => dialog.Record, record }, { dialog => dialog.Addendum, addendum } }, Removed);

    private async Task RunAsync<TAnswer>(CommandId command, Func<Actor, Task<Result<TAnswer>>> act, Action done)
    {
        (_problem, _notice) = (null, null);
        var result = await stepUp.RunAsync(command, actor =>
        {
            // Who left the record while the proof was asked for signs nothing any more.
            Removed.ThrowIfCancellationRequested();
            return act(actor);
        });
        switch (result.Error)
        {
            case null:
                done();
                _command.Renew();
                await Reload();
                break;
            case { Kind: ErrorKind.Invalid, Fields: [var field, ..] }:
                _problem = T[field.Message.Text, field.Message.Args];
                break;
            case { Kind: ErrorKind.Conflict } when await IsOvertakenAsync():
                break; // which of two texts is to be signed stands as a question beside the form
            case { Kind: ErrorKind.Conflict }:
                _notice = T["Somebody else has changed this record. Look at it again before you go on."];
                await Reload();
                break;
            case { Kind: ErrorKind.StepUpNeeded }:
                _notice = T["Nothing was added: the fresh proof is missing."];
                break;
            default:
                await OnRefused.InvokeAsync();
                break;
        }
    }
}
