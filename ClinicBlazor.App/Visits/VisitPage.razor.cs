using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Visits;

/// <summary>
/// One visit: where it stands, what was done and by whom, and what can be done now. It reads again when <see cref="QueueNews"/> tells
/// of a change.
/// </summary>
public sealed partial class VisitPage(
    CurrentActor current, VisitHistoryService visits, QueueNews news, TimeProvider clock, ILogger<VisitPage> log)
    : ComponentBase, IDisposable
{
    private CancellationTokenSource _load = new();
    private LiveReading? _live;
    private VisitDetails? _visit;
    private Guid? _shown;
    private bool _missing;
    private bool _left;

    /// <summary>Which visit.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <inheritdoc />
    public void Dispose()
    {
        (_left, _visit) = (true, null);
        _live?.Dispose();
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => _live = new LiveReading(news.Follow, clock, InvokeAsync, log, ReadAsync, () => Id);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            (_shown, _visit, _missing) = (Id, null, false);

            // What is on its way is of another visit.
            await _load.CancelAsync();
            await _live!.ReadAsync();
        }
    }

    // The chart went, and another visit is not asked for: the reader may not see it any more.
    private void Forget(Guid visitId)
    {
        if (_visit?.Visit.Id == visitId)
        {
            (_visit, _missing) = (null, true);
        }
    }

    private Task ReloadAsync() => _live!.ReadAgainAsync();

    private async Task ReadAsync()
    {
        // Who was told that there is nothing is not told again with each change.
        if (_left || _missing)
        {
            return;
        }

        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        var ct = _load.Token;
        try
        {
            var actor = await current.GetAsync(ct);

            // Patients may read about themselves; this page is one of the staff.
            var result = actor.Roles.HasAny(Roles.Staff) ? await visits.GetAsync(actor, Id, again: _visit is not null, ct) : Error.NotFound;
            ct.ThrowIfCancellationRequested();
            (_visit, _missing) = result.IsSuccess ? (result.Value, false) : (null, true);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another visit is asked for by now, or the page was left.
        }
    }
}
