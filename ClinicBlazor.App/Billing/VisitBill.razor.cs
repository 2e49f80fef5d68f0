using ClinicBlazor.App.Patients;
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
    BillingReader reader, BillingService billing, ClearanceService clearances, QueueNews news, ClinicDialogs dialogs, TimeProvider clock)
    : ChartSection
{
    private LiveReading? _live;
    private Bill? _bill;
    private Guid? _shown;

    /// <summary>The visit.</summary>
    [Parameter, EditorRequired]
    public Guid VisitId { get; set; }

    /// <summary>Where it stands.</summary>
    [Parameter, EditorRequired]
    public VisitStatus Status { get; set; }

    /// <summary>True while the patient is in the clinic: only then is something kept back.</summary>
    [Parameter, EditorRequired]
    public bool IsOpen { get; set; }

    private bool MayChange => Chart.May(Permission.BillingChange);

    private bool IsStopped => IsOpen && _bill is { Clearance.IsCleared: false };

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _live = new LiveReading(news, clock, InvokeAsync, DispatchExceptionAsync, ReadAsync);

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
        if (!result.IsSuccess)
        {
            // The right went between the chart and the bill: the chart decides what is left to show.
            await Chart.ReloadAsync();
        }

        StateHasChanged();
    }
}
