using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Billing;

/// <summary>What is open, for the front desk: every visit that is not settled. It stays as the ledgers are.</summary>
public sealed partial class BillingPage(
    CurrentActor current, BillingReader bills, QueueNews news, TimeProvider clock, ILogger<BillingPage> log)
    : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private LiveReading? _live;
    private HashSet<Guid>? _known;
    private Page<OpenBalance>? _page;
    private (bool Asked, string? After) _place;
    private bool _refused;

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    private TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose()
    {
        _live?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
        (_page, _known) = (null, null);
    }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _live = new LiveReading(news.Follow, clock, InvokeAsync, log, ReadAsync);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_place != (true, After))
        {
            (_place, _page) = ((true, After), null);
            await _live!.ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var (ct, after) = (_gone.Token, After);
        try
        {
            var result = await bills.ListOpenAsync(await current.GetAsync(ct), after, _known, ct);
            ct.ThrowIfCancellationRequested();
            if (after == After)
            {
                (_page, _refused) = (result.IsSuccess ? result.Value : null, !result.IsSuccess);
                _known = [.. _known ?? [], .. _page?.Items.Select(row => row.PatientId) ?? []];
                _live!.EndsAt(_page?.Items.Min(row => row.Clearance.Until));
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
