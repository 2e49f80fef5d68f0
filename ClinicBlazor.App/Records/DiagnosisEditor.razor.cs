using ClinicBlazor.App.Accounts;
using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Records;

/// <summary>
/// The clinician's side of a record: diagnosis, code, certainty, signature. What is typed is kept as a draft of its
/// author. What somebody else saved meanwhile is shown beside it, and neither replaces the other by itself.
/// </summary>
public sealed partial class DiagnosisEditor(
    RecordService records, DraftService drafts, CurrentActor current, Icd10Catalog catalog, TimeProvider clock, ILogger<DraftSaver> log)
    : RecordPart, IAsyncDisposable
{
    private const string TextId = "diagnosis-text";
    private const string CodeId = "diagnosis-code";
    private const string CertaintyId = "diagnosis-certainty";

    private ElementReference _textBox;
    private bool _focusText;

    private string _text = "";
    private Icd10Match? _code;
    private Certainty? _certainty;

    // What the form held when it last was the record's own text, and the version of the record that belongs to it.
    private DiagnosisInput? _baseline;
    private Guid _basedOn;
    private Guid _seen;
    private int _ownRevision;

    private bool _busy;
    private bool _refused;
    private string? _notice;
    private IReadOnlyList<FieldProblem> _problems = [];

    /// <summary>Asks for the record again after an act; answers with null when it may no longer be shown.</summary>
    [Parameter, EditorRequired]
    public Func<Task<RecordDetails?>> Reload { get; set; } = null!;

    /// <summary>Raised when an act was refused: the record must be asked for anew before anything more is shown.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnRefused { get; set; }

    [CascadingParameter]
    private StepUp StepUp { get; set; } = null!;

    private TimeProvider Clock => clock;

    private DiagnosisInput Typed => new(_text, _code?.Code.Code, _certainty, _basedOn);

    private bool IsChanged => Typed with { BasedOn = default } != _baseline;

    private bool IsOpen => Record.Status == RecordStatus.Preliminary;

    private bool HasConflict => IsChanged && _basedOn != Record.Version;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _saver.DisposeAsync();
        Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _saver = new DraftSaver(KeepAsync, Redraw, clock, log);
        Adopt();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => FindDraftAsync();

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Record.Version == _seen)
            return;
        if (!IsChanged)
            Adopt();
        else if (Record.Diagnosis?.Revision == _ownRevision)
            Rebase(); // one's own save came back, and one had typed on
        _seen = Record.Version;
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusText)
            return;
        _focusText = false;
        await _textBox.FocusAsync();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        (_text, _code, _certainty, _baseline) = ("", null, null, null);
        (_notice, _problems) = (null, []);
    }

    /// <summary>Takes the record's own text into the form.</summary>
    private void Adopt()
    {
        Rebase();
        (_text, _certainty) = (_baseline!.Text, _baseline.Certainty);
        _code = _baseline.Code is { } code ? MatchOf(code) : null;
    }

    /// <summary>From here on the form counts as a change of the record as it is now.</summary>
    private void Rebase()
    {
        _baseline = new DiagnosisInput(Record.Diagnosis?.Text ?? "", Record.Diagnosis?.Code, Record.Diagnosis?.Certainty, default);
        (_basedOn, _seen) = (Record.Version, Record.Version);
    }

    private Task SaveAsync() => AloneAsync(() => StoreAsync(_basedOn));

    private Task SaveMineAsync() => AloneAsync(() => StoreAsync(Record.Version));

    private Task SignAsync() => AloneAsync(async () =>
    {
        if ((IsChanged || Record.Diagnosis is null ? await StoreAsync(_basedOn) : Record) is not { } shown)
            return;
        var result = await StepUp.RunAsync(actor =>
        {
            // Who left the record while the proof was asked for does not sign it any more.
            Removed.ThrowIfCancellationRequested();
            return records.SignAsync(actor, shown.PatientId, shown.Id, shown.Version, CancellationToken.None);
        });
        if (result.Error is { } error)
            await RefuseAsync(error);
        else
            await AskAgainAsync();
    });

    /// <summary>
    /// Saves what was typed as a further version of the record that <paramref name="basedOn"/> names. Answers with the
    /// record as it is then, or with null when it does not hold what was typed.
    /// </summary>
    private async Task<RecordDetails?> StoreAsync(Guid basedOn)
    {
        var (record, input) = (Record, Typed with { BasedOn = basedOn });
        if (!IsChanged && record.Diagnosis is not null)
            return await AskAgainAsync();
        // What was begun is carried out, also when the page is left meanwhile.
        var result = await records.SaveDiagnosisAsync(await current.GetAsync(CancellationToken.None), record.PatientId, record.Id, input, CancellationToken.None);
        if (result.Error is { } error)
        {
            await RefuseAsync(error);
            return null;
        }

        // Revisions have no gaps, so this one is known to be one's own when the record is read again.
        _ownRevision = (record.Diagnosis?.Revision ?? 0) + 1;
        _baseline = input with { BasedOn = default };
        await ForgetDraftAsync();
        if (await AskAgainAsync() is not { Diagnosis: { } saved } stored || saved.Revision != _ownRevision)
            return null;
        _saver.Found(saved.RecordedAt);
        if (IsChanged)
            _saver.Touch();
        return stored;
    }

    /// <summary>Goes on with both texts, one below the other.</summary>
    private void Merge()
    {
        var (text, code, certainty) = (_text, _code, _certainty);
        Adopt();
        _text = $"{_text}\n\n{text}".Trim();
        (_code, _certainty) = (code ?? _code, certainty ?? _certainty);
        _focusText = true;
        _saver.Touch();
    }

    private Task DropAsync() => AloneAsync(async () =>
    {
        Adopt();
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
        (_busy, _notice, _problems) = (true, null, []);
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task RefuseAsync(Error error)
    {
        switch (error.Kind)
        {
            case ErrorKind.NotFound or ErrorKind.Denied:
                _refused = true;
                await OnRefused.InvokeAsync();
                break;
            case ErrorKind.Invalid:
                _problems = [.. error.Fields.Select(field => new FieldProblem(FieldId(field.Field), T[field.Message.Text, field.Message.Args]))];
                break;
            case ErrorKind.Conflict:
                if (await AskAgainAsync() is not null && !HasConflict)
                    _notice = T["Somebody else has changed this record. Look at it again before you go on."];
                break;
            case ErrorKind.StepUpNeeded:
                _notice = T["The record is not signed."];
                break;
        }
    }

    private static string FieldId(string field) => field switch
    {
        nameof(DiagnosisInput.Code) => CodeId,
        nameof(DiagnosisInput.Certainty) => CertaintyId,
        _ => TextId,
    };

    private string? Problem(string fieldId) => _problems.FirstOrDefault(problem => problem.FieldId == fieldId)?.Text;

    private string? Invalid(string fieldId) => Problem(fieldId) is null ? null : "true";

    private string? DescribedBy(string fieldId) => Problem(fieldId) is null ? null : FieldMessage.IdFor(fieldId);

    private Task<IReadOnlyList<Icd10Match>> SearchAsync(string text, CancellationToken ct) => Task.FromResult(catalog.Search(text));

    // A code that is not in the list stays as it was typed; the answer to saving it says so.
    private Icd10Match MatchOf(string text) => new(catalog.Find(text) ?? new Icd10Code(text, "", []), Synonym: null);

    private string? NoteOf(Icd10Match match) => match.Synonym is { } synonym ? T["also called: {0}", synonym].Value : null;

    private void Choose(Icd10Match? code)
    {
        _code = code;
        _saver.Touch();
    }

    private void Choose(Certainty certainty)
    {
        _certainty = certainty;
        _saver.Touch();
    }
}
