using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Security;

/// <summary>
/// Alerts for administrators, until somebody has acknowledged them. Filters and place live in the address. Each look is an entry of the
/// audit trail, so the page reads once for each address and again when <see cref="AlertEvents"/> tells of a change, never by itself.
/// </summary>
public sealed partial class SecurityPage(
    CurrentActor current, AlertService alerts, AlertEvents events, ClinicDialogs dialogs, NavigationManager navigation,
    TimeProvider clock, ILogger<SecurityPage> log)
    : ComponentBase, IDisposable
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/security";

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<Guid, AlertNote> _notes = [];
    private LiveReading? _live;
    private ITimer? _minutes;
    private ElementReference _title;
    private AlertList? _list;
    private AlertFilter _filter = AlertFilter.Open;
    private AlertFilter? _asked;
    private Page<AlertRow>? _read;
    private DateTimeOffset _now;
    private int? _open;
    private string? _done;
    private bool _refused;
    private bool _focusTitle;

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    private IReadOnlyList<AlertRow>? Rows { get; set; }

    private string Announcement => Rows switch
    {
        null => "",
        { Count: 0 } when !_filter.Acknowledged => T["Nothing to acknowledge"],
        { Count: 0 } => T["No alert matches"],
        { Count: 1 } => T["1 alert"],
        { Count: var count } => T["{0} alerts", count],
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _live?.Dispose();
        _minutes?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
        Forget();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        var gone = _gone.Token;
        _live = new LiveReading(events.Follow, clock, InvokeAsync, log, ReadAsync, onLiveChanged: StateHasChanged);
        _minutes = clock.CreateTimer(
            _ => _ = gone.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(Redraw), state: null, Minute, Minute);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _filter = AlertFilter.Read(name => Filled(name switch
        {
            "state" => State,
            "kind" => Kind,
            "from" => From,
            "to" => To,
            _ => After,
        }));
        if (_filter != _asked)
        {
            (_asked, _read, Rows, _done) = (_filter, null, null, null);
            await _live!.ReadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusTitle)
        {
            _focusTitle = false;
            await _title.FocusIfThereAsync();
        }
    }

    private async Task ReadAsync()
    {
        var (ct, filter) = (_gone.Token, _filter);
        if (filter.HasProblems)
        {
            return;
        }

        try
        {
            var result = await alerts.ListAsync(await current.GetAsync(ct), filter.Query, ct);
            var open = await alerts.CountOpenAsync(await current.GetAsync(ct), ct);
            ct.ThrowIfCancellationRequested();
            if (filter != _filter)
            {
                // Another filter is asked for by now, and is read next.
                return;
            }

            _refused = result.Error is { Kind: not ErrorKind.Invalid };
            if (_refused)
            {
                Forget();
            }

            (_read, _open, _now) = (result.IsSuccess ? result.Value : null, open.IsSuccess ? open.Value : null, clock.GetUtcNow());
            Rows = _read is null ? null : WithNotes(_read.Items);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // What somebody writes about stays where it is until they have done with it, though it was pushed off the page or acknowledged.
    private List<AlertRow> WithNotes(IReadOnlyList<AlertRow> read)
    {
        var rows = read.ToList();
        foreach (var (place, row) in (Rows ?? []).Index())
        {
            if (_notes.ContainsKey(row.Id) && rows.TrueForAll(other => other.Id != row.Id))
            {
                rows.Insert(Math.Min(place, rows.Count), row);
            }
        }

        return rows;
    }

    private async Task AcknowledgeAsync(CommandId command, AlertRow row, AlertNote note)
    {
        (note.Problem, note.Refusal, _done) = (null, null, null);
        var actor = (await current.GetAsync(CancellationToken.None)).Doing(command);
        var result = await alerts.AcknowledgeAsync(actor, row.Id, note.Text, CancellationToken.None);
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        if (result.Error is { } error)
        {
            if (error is { Kind: ErrorKind.Invalid, Fields: [var field, ..] })
            {
                note.Problem = T[field.Message.Text, field.Message.Args];
            }
            else
            {
                note.Command.Renew();
                note.Refusal = T[RefusalOf(error.Kind)];
            }

            _list?.Focus(row.Id);
        }
        else
        {
            TakeOut(row);
            _done = T["Acknowledged: {0}", T[AlertWords.Title(row.Kind)]];
        }

        StateHasChanged();
    }

    // The news of it has the page read again; until then it shows what was done.
    private void TakeOut(AlertRow row)
    {
        var next = NextOf(row);
        _notes.Remove(row.Id);
        _open = _open is { } open and > 0 && _read?.Items.Any(other => other.Id == row.Id) == true ? open - 1 : _open;
        _read = _read is null ? null : _read with { Items = [.. _read.Items.Where(other => other.Id != row.Id)] };
        Rows = [.. (Rows ?? []).Where(other => other.Id != row.Id)];
        if (next is { } id)
        {
            _list?.Focus(id);
        }

        _focusTitle = next is null;
    }

    // The next one that this person may acknowledge, or the one before it.
    private Guid? NextOf(AlertRow row)
    {
        var mine = (Rows ?? []).Where(other => other.MayAcknowledge).ToList();
        var place = mine.FindIndex(other => other.Id == row.Id);
        return mine.Count < 2 ? null : mine[place + 1 < mine.Count ? place + 1 : place - 1].Id;
    }

    private void NotesChanged()
    {
        Rows = _read is null ? null : WithNotes(_read.Items);
        StateHasChanged();
    }

    private Task AskWhoIsToldAsync() => dialogs.ShowAsync(new MudBlazor.DialogParameters<WhoIsToldDialog>());

    private void Show(AlertFilter filter) => navigation.NavigateTo(filter.Address(navigation));

    private void Redraw()
    {
        _now = clock.GetUtcNow();
        StateHasChanged();
    }

    // Whose page it is not any more keeps nobody's name.
    private void Forget()
    {
        (_read, Rows) = (null, null);
        _notes.Clear();
    }

    private static string RefusalOf(ErrorKind kind) => kind == ErrorKind.Denied
        ? "You cannot acknowledge this. Another administrator can."
        : "Another administrator has acknowledged this already. What you wrote was not kept.";

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
