using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>
/// Keeps what is typed and not saved, and finds it again. In a second window of the same person it is told of the first, and
/// overwrites nothing.
/// </summary>
public sealed partial class DiagnosisEditor
{
    private DraftSaver _saver = null!;

    // Nothing is typed before it is known what was typed before.
    private bool _isLooked;
    private DateTimeOffset? _foundAt;

    // The draft that this form goes on with; null while there is none.
    private DateTimeOffset? _keptAt;

    private string FormName => DraftForms.DiagnosisOf(Record.Id);

    private string UnsentAddress => new UnsentDraft(UnsentDiagnosis.Name, Record.PatientId, Record.Id, _keptAt, _form.BasedOn).Address;

    private async Task FindDraftAsync()
    {
        var result = await drafts.FindAsync(await current.GetAsync(Removed), Record.PatientId, FormName, Removed);
        Removed.ThrowIfCancellationRequested();
        _isLooked = true;
        if (result.Error is { } error)
        {
            await RefuseAsync(error);
        }
        else if (result.Value is { } draft)
        {
            Restore(draft, _saver.Open(draft));
            _foundAt = _saver.Overtaken ? null : draft.SavedAt;
        }
    }

    private void Restore(SavedDraft draft, string? body)
    {
        if (body is not null && DraftBody.Read<DiagnosisInput>(body) is { } typed)
            _form.Restore(typed);
        _keptAt = draft.SavedAt;
    }

    /// <summary>Goes on with one of two texts of the same person: the other window's, or the one that stands here.</summary>
    private Task GoOnAsync(bool withTheirs) => AloneAsync(async () =>
    {
        var result = await drafts.FindAsync(await current.GetAsync(Removed), Record.PatientId, FormName, Removed);
        Removed.ThrowIfCancellationRequested();
        if (result.Error is { } error)
        {
            await RefuseAsync(error);
            return;
        }

        _foundAt = null;
        _keptAt = result.Value?.SavedAt;
        if (!withTheirs)
        {
            _saver.Found(_keptAt);
            _saver.Touch();
            await _saver.SaveAsync();
        }
        else if (result.Value is { } draft)
        {
            Restore(draft, _saver.OpenOther(draft));
        }
        else
        {
            _saver.Found(null);
            // The other window has saved its text in the record, or thrown it away.
            _form.Adopt(Record);
            await AskAgainAsync();
        }
    });

    /// <summary>Keeps what stands in the form; what is the record's own text again needs no draft.</summary>
    private async Task<Result<DateTimeOffset>> KeepAsync()
    {
        if (_refused)
            return Error.NotFound;
        var actor = await current.GetAsync(CancellationToken.None);
        if (_form.IsChanged)
        {
            var saved = await drafts.SaveOverAsync(actor, Record.PatientId, FormName, DraftBody.Write(_form.Typed), _keptAt,
                CancellationToken.None);
            _keptAt = saved.IsSuccess ? saved.Value : _keptAt;
            return saved;
        }

        var result = await drafts.DiscardAsync(actor, Record.PatientId, FormName, _keptAt, CancellationToken.None);
        if (result.Error is { } error)
            return error;
        _keptAt = null;
        return clock.GetUtcNow();
    }

    /// <summary>Takes the draft away, unless something was typed since.</summary>
    private async Task ForgetDraftAsync()
    {
        _foundAt = null;
        _saver.Touch();
        await _saver.SaveAsync();
    }

    private void Redraw()
    {
        if (_saver.Refused && !_refused)
            _ = RefuseAsync(Error.NotFound);
        else
            StateHasChanged();
    }
}
