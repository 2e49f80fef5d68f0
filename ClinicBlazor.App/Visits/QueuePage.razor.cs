using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Shared;
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
    CurrentActor current, QueueService queue, VisitService visits, QueueNews news, TimeProvider clock, IStringLocalizer<PatientsText> p)
    : ComponentBase, IDisposable
{
    private static readonly VisitStatus[] Lanes =
        [VisitStatus.Planned, VisitStatus.Arrived, VisitStatus.Triaged, VisitStatus.InProgress, VisitStatus.Finished];

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private readonly HashSet<Guid> _shown = [];
    private IDisposable? _following;
    private ITimer? _minutes;
    private QueueBoard? _board;
    private LastAct? _last;
    private DateTimeOffset _now;
    private DateTimeOffset _changed;
    private string? _refusal;
    private bool _refused;
    private bool _loading;
    private bool _stale;

    private TimeProvider Clock => clock;

    private IStringLocalizer<PatientsText> P => p;

    private IReadOnlyList<QueueRow> Here => [.. _board!.Rows.Where(row => VisitTransitions.IsOpen(row.Status))];

    private int Late => Here.Count(row => QueueWait.Of(row, _now).IsLate);

    private int Soon => Here.Count(row => QueueWait.Of(row, _now).IsSoon);

    private QueueRow? LongestWait =>
        Here.Where(row => row.Status is VisitStatus.Arrived or VisitStatus.Triaged).MinBy(row => row.Since);

    /// <inheritdoc />
    public void Dispose()
    {
        _following?.Dispose();
        _minutes?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
        (_board, _last) = (null, null);
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var gone = _gone.Token;

        // Followed before it is read: what changes in between is read again.
        _following = news.Follow(() => _ = gone.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(LoadAsync));
        _minutes = clock.CreateTimer(
            _ => _ = gone.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(Redraw), state: null, Minute, Minute);
        await LoadAsync();
    }

    /// <summary>Reads the board; what changes while it is on its way is read once more, however much that is.</summary>
    private async Task LoadAsync()
    {
        if (_loading || _gone.IsCancellationRequested)
        {
            _stale = true;
            return;
        }

        _loading = true;
        var ct = _gone.Token;
        try
        {
            do
            {
                _stale = false;
                var result = await queue.ListAsync(await current.GetAsync(ct), _shown, ct);
                ct.ThrowIfCancellationRequested();
                _refused = !result.IsSuccess;
                _board = result.IsSuccess ? result.Value : null;
                _shown.UnionWith(_board?.Rows.Select(row => row.PatientId) ?? []);
                (_now, _changed) = (clock.GetUtcNow(), clock.GetUtcNow());
                StateHasChanged();
            }
            while (_stale);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _loading = false;
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

    private void Redraw()
    {
        _now = clock.GetUtcNow();
        StateHasChanged();
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
            Refuse(result.Error!);
            await LoadAsync();
            return;
        }

        _last = new LastAct(row.PatientId, row.VisitId, result.Value, row.PatientName, act);
        _ = ForgetAsync(_last);
        await LoadAsync();
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
            Refuse(result.Error!);
        }

        await LoadAsync();
    }

    private void Refuse(Error error) => _refusal = error.Kind switch
    {
        ErrorKind.Denied => T["This visit is for another doctor, or you have opened it yourself: somebody else calls the patient in."],
        _ => T["Somebody else was quicker. The board shows how it stands now."],
    };

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
