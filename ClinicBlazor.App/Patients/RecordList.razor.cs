using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>A patient's records, newest first. Only pages that offer records render it: it asks for clinical content.</summary>
public sealed partial class RecordList(CurrentActor current, RecordService records) : ComponentBase, IDisposable
{
    private const int FewRecords = 5;

    private CancellationTokenSource _load = new();
    private Page<RecordRow>? _page;
    private (Guid PatientId, string? After)? _shown;

    [CascadingParameter]
    private PatientChart Chart { get; set; } = null!;

    /// <summary>The place to go on from; null for the first page.</summary>
    [Parameter]
    public string? After { get; set; }

    /// <summary>True for the few newest, without further pages.</summary>
    [Parameter]
    public bool Recent { get; set; }

    /// <summary>Raised with the records once they are there.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<RecordRow>> OnLoaded { get; set; }

    private IEnumerable<RecordRow> Shown => Recent ? _page!.Items.Take(FewRecords) : _page!.Items;

    /// <inheritdoc />
    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var place = (Chart.Patient.Id, After);
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
            var result = await records.ListAsync(await current.GetAsync(ct), Chart.Patient.Id, After, ct);
            ct.ThrowIfCancellationRequested();
            if (result.IsSuccess)
            {
                _page = result.Value;
                await OnLoaded.InvokeAsync(_page.Items);
            }
            else
            {
                // The right went between the chart and its records: the chart decides what is left to show.
                await Chart.ReloadAsync();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another place is asked for by now, or the page was left.
        }
    }
}
