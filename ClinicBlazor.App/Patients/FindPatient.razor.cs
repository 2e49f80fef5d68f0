using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Patients;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace ClinicBlazor.App.Patients;

/// <summary>Finds a patient from any staff page and opens the chart: a dialog around a combobox with a list.</summary>
public sealed partial class FindPatient(CurrentActor current, PatientService patients, NavigationManager navigation, IJSRuntime js)
    : ComponentBase
{
    private const int MostShown = 8;
    private const int ShortestSearch = 2;

    // Short enough to feel immediate, long enough that a word typed at speed is one search.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private ElementReference _dialog;
    private ElementReference _input;
    private IJSObjectReference? _module;
    private CancellationTokenSource _search = new();
    private IReadOnlyList<PatientRow> _hits = [];
    private string _text = "";
    private string _searched = "";
    private string _announcement = "";
    private int _active;
    private bool _open;
    private bool _shown;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _search.CancelAsync();
        _search.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the module with it.
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_open == _shown)
        {
            return;
        }

        _shown = _open;
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", CancellationToken.None, "./" + Assets["js/dialog.js"]);
        await _module.InvokeVoidAsync(_open ? "open" : "close", CancellationToken.None, _dialog);
        if (_open)
        {
            await using var combobox = await js.InvokeAsync<IJSObjectReference>("import", CancellationToken.None,
                "./" + Assets["js/combobox.js"]);
            await combobox.InvokeVoidAsync("attach", CancellationToken.None, _input);
        }
    }

    private void Open() => _open = true;

    /// <summary>Nothing of what was looked for stays behind.</summary>
    private void Closed()
    {
        AbandonSearch();
        (_open, _text, _searched, _announcement, _hits, _active) = (false, "", "", "", [], 0);
    }

    private async Task SearchAsync(string? text)
    {
        _text = text ?? "";
        var ct = AbandonSearch();
        var words = _text.Trim();
        if (words.Length < ShortestSearch)
        {
            (_hits, _searched, _announcement) = ([], "", "");
            return;
        }

        try
        {
            await Task.Delay(Pause, Clock, ct);
            var result = await patients.ListAsync(await current.GetAsync(ct), new PatientQuery(words), ct);
            ct.ThrowIfCancellationRequested();
            _hits = result.IsSuccess ? [.. result.Value.Items.Take(MostShown)] : [];
            (_searched, _active) = (words, 0);
            _announcement = result.Error?.Fields is [var field, ..] ? T[field.Message.Text, field.Message.Args]
                : _hits.Count == 0 ? T["No patients found"] : T["{0} patients", _hits.Count];
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
            case "Escape":
                Closed();
                break;
        }
    }

    private void Take(PatientRow row)
    {
        Closed();
        navigation.NavigateTo($"/patients/{row.Id}");
    }

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
