using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Shared.Fields;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Records;

/// <summary>
/// The clinician's side of a record: diagnosis, code, certainty, signature. What is typed is kept as a draft of its
/// author. What somebody else saved meanwhile is shown beside it, and neither replaces the other by itself.
/// </summary>
public sealed partial class DiagnosisEditor(
    RecordService records, DraftService drafts, CurrentActor current, StepUp stepUp, ClinicDialogs dialogs, NavigationManager navigation,
        Icd10Catalog catalog,
    TimeProvider clock, DraftSavers savers)
    : RecordPart, IAsyncDisposable
{
    private DiagnosisForm _form = null!;

    private ClinicTextField<string>? _textBox;
    private bool _focusText;

    // The version of the record that was shown last, and the revision of it that this form has saved.
    private Guid _seen;
    private int _ownRevision;

    private readonly FormCommand _save = new();
    private readonly FormCommand _sign = new();
    private bool _busy;

    /// <summary>Asks for the record again after an act; answers with null when it may no longer be shown.</summary>
    [Parameter, EditorRequired]
    public Func<Task<RecordDetails?>> Reload { get; set; } = null!;

    /// <summary>Raised when an act was refused: the record must be asked for anew before anything more is shown.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnRefused { get; set; }

    private TimeProvider Clock => clock;

    private bool IsOpen => Record.IsOpen;

    private bool HasConflict => _form.IsChanged && _form.BasedOn != Record.Version;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _saver.DisposeAsync();
        Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _saver = savers.Begin(KeepAsync, Redraw);
        _form = new DiagnosisForm(catalog);
        _form.Adopt(Record);
        _seen = Record.Version;
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => FindDraftAsync();

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // Also called once what was asked for first is there, which a part that was removed meanwhile has no record for.
        if (Removed.IsCancellationRequested || Record.Version == _seen)
            return;
        if (!_form.IsChanged)
            _form.Adopt(Record);
        else if (Record.Diagnosis?.Revision == _ownRevision)
            _form.Rebase(Record); // one's own save came back, and one had typed on
        _seen = Record.Version;
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusText)
            return;
        _focusText = false;
        if (_textBox is not null)
            await _textBox.FocusIfThereAsync();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _form.Clear();
        _textBox = null; // it holds the text too
        Forgive();
    }

    private Task SaveAsync(CommandId command) => AloneAsync(() => StoreAsync(command, _form.BasedOn));

    private Task SaveMineAsync(CommandId command) => AloneAsync(() => StoreAsync(command, Record.Version));

    /// <summary>Opens the question, which shows what is stored: what was typed is saved first.</summary>
    private async Task AskToSignAsync(CommandId command)
    {
        RecordDetails? stored = null;
        await AloneAsync(
            async () => stored = _form.IsChanged || Record.Diagnosis is null ? await StoreAsync(command, _form.BasedOn) : Record);
        if (stored is null)
            return;
        var answer = await dialogs.AskAsync<SignDialog, SignAnswer>(
            new DialogParameters<SignDialog> { { dialog => dialog.Record, stored } }, Removed);
        if (answer != SignAnswer.NotYet)
            await _sign.Once(signing => SignAsync(signing, stored, answer == SignAnswer.SignAndNext))();
    }

    private Task SignAsync(CommandId command, RecordDetails shown, bool goOn) => AloneAsync(async () =>
    {
        var result = await stepUp.RunAsync(command, actor =>
        {
            // Who left the record while the proof was asked for does not sign it any more.
            Removed.ThrowIfCancellationRequested();
            return records.SignAsync(actor, shown.PatientId, shown.Id, shown.Version, CancellationToken.None);
        });
        if (result.Error is { } error)
            await RefuseAsync(error);
        else if (goOn)
            await GoOnAsync();
        else
            await AskAgainAsync();
    });

    private async Task GoOnAsync()
    {
        var next = await records.FindNextWaitingAsync(await current.GetAsync(Removed), Removed);
        Removed.ThrowIfCancellationRequested();
        navigation.NavigateTo(next is { IsSuccess: true, Value: { } id } ? $"/records/{id}" : "/records/waiting");
    }

    /// <summary>
    /// Saves what was typed as a further version of the record that <paramref name="basedOn"/> names. Answers with the
    /// record as it is then, or with null when it does not hold what was typed.
    /// </summary>
    private async Task<RecordDetails?> StoreAsync(CommandId command, Guid basedOn)
    {
        var (record, input) = (Record, _form.Typed with { BasedOn = basedOn });
        if (!_form.IsChanged && record.Diagnosis is not null)
            return await AskAgainAsync();
        if (_saver.Overtaken)
            return null; // which of two texts is to be saved stands as a question above the form
        // What was begun is carried out, also when the page is left meanwhile.
        var result = await records.SaveDiagnosisAsync((await current.GetAsync(CancellationToken.None)).Doing(command), record.PatientId,
            record.Id, input, CancellationToken.None);
        if (result.Error is { } error)
        {
            await RefuseAsync(error);
            return null;
        }

        _save.Renew();

        // Revisions have no gaps, so this one is known to be one's own when the record is read again.
        _ownRevision = (record.Diagnosis?.Revision ?? 0) + 1;
        _form.Stored(input);
        await ForgetDraftAsync();
        if (await AskAgainAsync() is not { Diagnosis: { } saved } stored || saved.Revision != _ownRevision)
            return null;
        if (!_saver.Overtaken)
            _saver.Found(saved.RecordedAt);
        if (_form.IsChanged)
            _saver.Touch();
        return stored;
    }

    private void Merge()
    {
        _form.Merge(Record);
        _focusText = true;
        _saver.Touch();
    }

    private Task DropAsync() => AloneAsync(async () =>
    {
        _form.Adopt(Record);
        await ForgetDraftAsync();
    });

    private async Task<RecordDetails?> AskAgainAsync()
    {
        Removed.ThrowIfCancellationRequested();
        var record = await Reload();
        Removed.ThrowIfCancellationRequested();
        return record;
    }

    private async Task AloneAsync(Func<Task> act)
    {
        if (_busy)
            return;
        _busy = true;
        Forgive();
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }
    }

    private Task<IReadOnlyList<Icd10Match>> SearchAsync(string text, CancellationToken ct) => Task.FromResult(catalog.Search(text));

    private string? NoteOf(Icd10Match match) => match.Synonym is { } synonym ? T["also called: {0}", synonym].Value : null;

    private void Choose(Icd10Match? code)
    {
        _form.Code = code;
        Typed(CodeId);
    }

    private void Choose(Certainty certainty)
    {
        _form.Certainty = certainty;
        Typed(CertaintyId);
    }

    private void Typed(string fieldId)
    {
        _problems = _problems.Without(fieldId);
        _saver.Touch();
    }
}
