using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ClinicBlazor.App.Patients;

/// <summary>
/// Finds a patient: a text box, and a list that stands in the dialog as long as something is found. Ends with the
/// <see cref="PatientRow"/> that was taken.
/// </summary>
public sealed partial class FindPatientDialog(CurrentActor current, PatientService patients, TimeProvider clock)
    : ComponentBase, IDisposable
{
    private const int MostShown = 8;
    private const int ShortestSearch = 2;

    // Short enough to feel immediate, long enough that a word typed at speed is one search.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private CancellationTokenSource _search = new();
    private IReadOnlyList<PatientRow> _hits = [];
    private string _text = "";
    private string _searched = "";
    private string _announcement = "";
    private int _active;
    private bool _moreFollow;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _search.Cancel();
        _search.Dispose();
    }

    private async Task SearchAsync(string? text)
    {
        _text = text ?? "";
        var ct = AbandonSearch();
        var words = _text.Trim();
        if (words.Length < ShortestSearch && !words.EnumerateRunes().Any(NameWords.IsOfScriptWithoutSpaces))
        {
            (_hits, _searched, _announcement) = ([], "", "");
            return;
        }

        try
        {
            await Task.Delay(Pause, clock, ct);
            var result = await patients.ListAsync(await current.GetAsync(ct), new PatientQuery(words), ct);
            ct.ThrowIfCancellationRequested();
            _hits = result.IsSuccess ? [.. result.Value.Items.Take(MostShown)] : [];
            _moreFollow = result.IsSuccess && (result.Value.Items.Count > MostShown || result.Value.Next is not null);
            (_searched, _active) = (words, 0);
            _announcement = result.Error?.Fields is [var field, ..] ? T[field.Message.Text, field.Message.Args]
                : _hits.Count == 0 ? T["No patients found"]
                : _moreFollow ? T["{0} patients, more follow", _hits.Count] : T["{0} patients", _hits.Count];
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Typed on, or closed: a later search or none has taken over.
        }
    }

    private void HandleKey(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when _hits.Count > 0:
                _active = (_active + 1) % _hits.Count;
                break;
            case "ArrowUp" when _hits.Count > 0:
                _active = (_active + _hits.Count - 1) % _hits.Count;
                break;
            // Not while a later text is still searched for: the list would be that of the earlier one.
            case "Enter" when _hits.Count > 0 && _searched == _text.Trim():
                Take(_hits[_active]);
                break;
        }
    }

    private void Take(PatientRow row) => Dialog.Close(DialogResult.Ok(row));

    /// <summary>Cancels the search that is under way; the token is the next one's.</summary>
    private CancellationToken AbandonSearch()
    {
        _search.Cancel();
        _search.Dispose();
        _search = new CancellationTokenSource();
        return _search.Token;
    }

    private static string OptionId(int index) => $"find-{index}";
}
