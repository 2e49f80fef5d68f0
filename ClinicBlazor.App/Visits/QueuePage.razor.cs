using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Visits;

/// <summary>
/// The clinic's day on a board. It reads again when <see cref="QueueNews"/> says that something has changed, by whomever, and
/// draws the minutes on by itself; it asks for nothing in between.
/// </summary>
public sealed partial class QueuePage(
    CurrentActor current, QueueService queue, VisitService visits, QueueNews news, ClinicDialogs dialogs, TimeProvider clock,
    IStringLocalizer<PatientsText> p, IStringLocalizer<VisitWordsText> words, ILogger<QueuePage> log)
    : ComponentBase, IDisposable
{
    private static readonly VisitStatus[] Lanes =
        [VisitStatus.Planned, VisitStatus.Arrived, VisitStatus.Triaged, VisitStatus.InProgress, VisitStatus.Finished];

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private readonly HashSet<Guid> _shown = [];
    private readonly Dictionary<Guid, ElementReference> _buttons = [];
    private ElementReference _undo;
    private Guid? _focus;
    private ITimer? _minutes;
    private QueueBoard? _board;
    private LastAct? _last;
    private DateTimeOffset _now;
    private string? _refusal;
    private bool _refused;

    private TimeProvider Clock => clock;

    private IStringLocalizer<PatientsText> P => p;

    private IStringLocalizer<VisitWordsText> Words => words;

    private IReadOnlyList<QueueRow> Here => [.. _board!.Rows.Where(row => VisitTransitions.IsOpen(row.Status))];

    private int Late => Here.Count(row => QueueWait.Of(row, _now).IsLate);

    private int Soon => Here.Count(row => QueueWait.Of(row, _now).IsSoon);

    private QueueRow? LongestWait =>
        Here.Where(row => row.Status is VisitStatus.Arrived or VisitStatus.Triaged).MinBy(row => row.Since);

    /// <inheritdoc />
    public void Dispose()
    {
        _live?.Dispose();
        _minutes?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
        _board = null;
        Forget();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var gone = _gone.Token;

        // Followed before it is read: what changes in between is read again.
        _live = new LiveReading(news.Follow, clock, InvokeAsync, log, ReadAsync, onLiveChanged: StateHasChanged);
        _minutes = clock.CreateTimer(
            _ => _ = gone.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(RedrawAsync), state: null, Minute, Minute);
        await _live.ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } visitId)
        {
            _focus = null;
            if (HandleOf(visitId) is { } handle)
            {
                await handle.FocusIfThereAsync();
            }
            else if (_last is not null)
            {
                await _undo.FocusIfThereAsync();
            }
        }
    }

    // Who has gone last stands first; who has waited longest does elsewhere.
    private static List<QueueRow> RowsOf(QueueBoard board, VisitStatus state)
    {
        var rows = board.Rows.Where(row => row.Status == state).ToList();
        if (state == VisitStatus.Finished)
        {
            rows.Reverse();
        }

        return rows;
    }

    private async Task DoAsync(CommandId command, QueueRow row, VisitAct act)
    {
        _refusal = null;
        var actor = (await current.GetAsync(CancellationToken.None)).Doing(command);
        var result = await visits.DoAsync(actor, row.PatientId, row.VisitId, act, reason: null, CancellationToken.None);
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        _command.Renew();
        if (!result.IsSuccess)
        {
            _refusal = result.Error is { Kind: ErrorKind.Invalid, Fields: [var field, ..] }
                ? T[field.Message.Text, field.Message.Args] : T[RefusalOf(act, result.Error!.Kind)];
            await LoadAsync();
            return;
        }

        var next = AfterOf(row);
        _last = new LastAct(row.PatientId, row.VisitId, result.Value, row.PatientName, act);
        _ = ForgetAsync(_last);
        await LoadAsync();
        _focus = next;
        StateHasChanged();
    }

    private async Task UndoAsync(CommandId command)
    {
        if (_last is not { } last)
        {
            return;
        }

        (_refusal, _last) = (null, null);
        var actor = (await current.GetAsync(CancellationToken.None)).Doing(command);
        var result = await visits.UndoAsync(actor, last.PatientId, last.VisitId, last.EventId, CancellationToken.None);
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        _command.Renew();
        if (!result.IsSuccess)
        {
            _refusal = T["It is too late to take this back, or somebody has gone on."];
        }

        await LoadAsync();
        _focus = last.VisitId;
        StateHasChanged();
    }

    private static string RefusalOf(VisitAct act, ErrorKind kind) => (act, kind) switch
    {
        (VisitAct.CallIn or VisitAct.StartTriage, ErrorKind.Denied) =>
            "This visit is for another doctor, or nobody else at the desk stands behind it: reception adds you to it, or somebody else goes on.",
        (VisitAct.CheckIn, _) => "This patient has an open visit already, or somebody else was quicker.",
        _ => "Somebody else was quicker. The board shows how it stands now.",
    };

    // The next one in the same column, or the one before it, or the one that has moved on.
    private Guid AfterOf(QueueRow row)
    {
        var lane = RowsOf(_board!, row.Status).Where(other => other.IsMine).ToList();
        var place = lane.FindIndex(other => other.VisitId == row.VisitId);
        return lane.Count < 2 ? row.VisitId : lane[place + 1 < lane.Count ? place + 1 : place - 1].VisitId;
    }

    // Whose board it is not any more keeps nobody's name.
    private void Forget()
    {
        _last = null;
        _shown.Clear();
        _buttons.Clear();
        _guards.Clear();
    }

    private async Task ForgetAsync(LastAct act)
    {
        try
        {
            await Task.Delay(VisitTransitions.UndoTime, clock, _gone.Token);
            if (_last == act)
            {
                _last = null;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private sealed record LastAct(Guid PatientId, Guid VisitId, Guid EventId, string PatientName, VisitAct Act);
}
