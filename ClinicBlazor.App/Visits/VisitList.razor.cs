using System.Globalization;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Visits;

/// <summary>A patient's visits, the latest first.</summary>
public sealed partial class VisitList(CurrentActor current, VisitHistoryService visits, TimeProvider clock) : ComponentBase, IDisposable
{
    private CancellationTokenSource _load = new();
    private Page<VisitRow>? _page;
    private (PatientChart Chart, string? After)? _shown;

    [CascadingParameter]
    private PatientChart Chart { get; set; } = null!;

    /// <summary>The place to go on from; null for the first page.</summary>
    [Parameter]
    public string? After { get; set; }

    private TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // A chart that was loaded again is another one: what happened to its visits is shown.
        var place = (Chart, After);
        if (_shown == place)
        {
            return;
        }

        (_shown, _page) = (place, null);
        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        var ct = _load.Token;
        try
        {
            var result = await visits.ListAsync(await current.GetAsync(ct), Chart.Patient.Id, After, ct);
            ct.ThrowIfCancellationRequested();
            if (result.IsSuccess)
            {
                _page = result.Value;
            }
            else
            {
                // The right went between the chart and its visits: the chart decides what is left to show.
                await Chart.ReloadAsync();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another place is asked for by now, or the page was left.
        }
    }

    private string Time(DateTimeOffset? moment) =>
        moment is { } at ? clock.Local(at).ToString("t", CultureInfo.CurrentCulture) : "";
}
