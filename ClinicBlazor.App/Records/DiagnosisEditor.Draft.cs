using ClinicBlazor.App.Shared;
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

    private string FormName => $"diagnosis/{Record.Id:D}";

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
            Restore(draft);
            _foundAt = draft.SavedAt;
        }
    }

    private void Restore(SavedDraft draft)
    {
        if (DraftBody.Read<DiagnosisInput>(draft.Body) is { } typed)
            _form.Restore(typed);
        _keptAt = draft.SavedAt;
        _saver.Found(draft.SavedAt);
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
        _saver.Found(_keptAt);
        if (!withTheirs)
        {
            _saver.Touch();
            await _saver.SaveAsync();
        }
        else if (result.Value is { } draft)
        {
            Restore(draft);
        }
        else
        {
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
