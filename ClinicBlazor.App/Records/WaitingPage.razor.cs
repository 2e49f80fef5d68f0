using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Records;

/// <summary>What waits for a doctor: records of assigned patients without a diagnosis or a signature.</summary>
public sealed partial class WaitingPage(RecordService records, CurrentActor current, TimeProvider clock) : ComponentBase, IDisposable
{
    private CancellationTokenSource? _load;
    private Page<RecordRow>? _page;
    private bool _refused;

    /// <summary>Place in the list to go on from, as a page of it gave it.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    private TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose()
    {
        _page = null;
        AbandonLoad();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        (_page, _refused) = (null, false);
        AbandonLoad();
        _load = new CancellationTokenSource();
        var ct = _load.Token;
        try
        {
            var result = await records.ListWaitingAsync(await current.GetAsync(ct), After, ct);
            ct.ThrowIfCancellationRequested();
            (_page, _refused) = result.IsSuccess ? (result.Value, false) : (null, true);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another page of the list was asked for, or none.
        }
    }

    private void AbandonLoad()
    {
        _load?.Cancel();
        _load?.Dispose();
    }
}
