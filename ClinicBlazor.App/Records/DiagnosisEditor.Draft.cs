using System.Text.Encodings.Web;
using System.Text.Json;
using ClinicBlazor.App.Describe;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>Keeps what is typed and not saved, and finds it again.</summary>
public sealed partial class DiagnosisEditor
{
    // Letters beyond ASCII stay single characters: escaped, a long text would not fit into a draft. The body is sealed
    // and never becomes part of a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private DraftSaver _saver = null!;
    private DateTimeOffset? _foundAt;

    private string FormName => $"diagnosis/{Record.Id:D}";

    private async Task FindDraftAsync()
    {
        var result = await drafts.FindAsync(await current.GetAsync(Removed), Record.PatientId, FormName, Removed);
        Removed.ThrowIfCancellationRequested();
        if (result.Error is { } error)
        {
            await RefuseAsync(error);
        }
        else if (result.Value is { } draft && !_form.IsChanged && JsonSerializer.Deserialize<DiagnosisInput>(draft.Body, Json) is { } typed)
        {
            _form.Restore(typed);
            _foundAt = draft.SavedAt;
            _saver.Found(draft.SavedAt);
        }
    }

    /// <summary>Keeps what stands in the form; what is the record's own text again needs no draft.</summary>
    private async Task<Result<DateTimeOffset>> KeepAsync()
    {
        if (_refused)
            return Error.NotFound;
        var actor = await current.GetAsync(CancellationToken.None);
        if (_form.IsChanged)
            return await drafts.SaveAsync(actor, Record.PatientId, FormName, JsonSerializer.Serialize(_form.Typed, Json), CancellationToken.None);
        var result = await drafts.DiscardAsync(actor, Record.PatientId, FormName, CancellationToken.None);
        return result.Error is { } error ? error : clock.GetUtcNow();
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
