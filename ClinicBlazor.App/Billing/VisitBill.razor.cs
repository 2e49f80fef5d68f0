using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Billing;

/// <summary>
/// What a visit costs, on the page of the visit: whether it is stopped and what opens it, the sums, the ledger, and what reception
/// enters. It reads again when <see cref="QueueNews"/> tells of a change, and when a clearance ends by itself.
/// </summary>
public sealed partial class VisitBill(
    BillingReader reader, BillingService billing, ClearanceService clearances, QueueNews news, ClinicDialogs dialogs, TimeProvider clock,
    ILogger<VisitBill> log)
    : ChartSection
{
    // Of what one press does; what a dialog sends has its name from the dialog.
    private readonly FormCommand _press = new();
    private ElementReference _title;
    private bool _focusTitle;
    private LiveReading? _live;
    private Bill? _bill;
    private Guid? _shown;

    /// <summary>The visit.</summary>
    [Parameter, EditorRequired]
    public Guid VisitId { get; set; }

    /// <summary>Where it stands.</summary>
    [Parameter, EditorRequired]
    public VisitStatus Status { get; set; }

    /// <summary>Told what was read, each time; null when it is not for this reader any more.</summary>
    [Parameter, EditorRequired]
    public Action<Bill?> OnRead { get; set; } = null!;

    private bool MayChange => Chart.May(Permission.BillingChange);

    // A visit that does not take place costs nothing.
    private bool MayCharge => Status is VisitStatus.Arrived or VisitStatus.Triaged or VisitStatus.InProgress or VisitStatus.Finished;

    // Only while the patient is in the clinic something is kept back.
    private bool IsOpen => VisitTransitions.IsOpen(Status);

    // Who is with the doctor has been called in, and nothing that comes after it is kept back.
    private bool HasGuard => Status is VisitStatus.Arrived or VisitStatus.Triaged && _bill is { Clearance.IsCleared: false };

    private bool IsBusy => Busy || _press.Busy;

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _live = new LiveReading(news.Follow, clock, InvokeAsync, log, ReadAsync, () => VisitId);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != VisitId)
        {
            (_shown, _bill) = (VisitId, null);
            await _live!.ReadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusTitle && _bill is not null)
        {
            _focusTitle = false;
            await _title.FocusIfThereAsync();
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _live?.Dispose();
            _bill = null;
        }
    }

    private async Task ReadAsync()
    {
        var (visitId, again) = (VisitId, _bill is not null);
        var result = await reader.GetAsync(await Current.GetAsync(Gone), Chart.Patient.Id, visitId, again, Gone);
        Gone.ThrowIfCancellationRequested();
        if (visitId != VisitId)
        {
            // Another visit is asked for by now, and is read next.
            return;
        }

        _bill = result.IsSuccess ? result.Value : null;
        _live!.EndsAt(_bill?.Clearance.Until);
        OnRead(_bill);
        if (!result.IsSuccess)
        {
            // The right went between the chart and the bill: the chart decides what is left to show.
            await Chart.ReloadAsync();
        }

        StateHasChanged();
    }
}
