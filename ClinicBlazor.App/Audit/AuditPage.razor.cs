using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Audit;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>
/// The audit trail for administrators. Filters and place live in the address. Each look at it is an entry of its own, so
/// the page loads once for each address and never by itself.
/// </summary>
public sealed partial class AuditPage(CurrentActor current, AuditService audit, NavigationManager navigation) : ComponentBase, IDisposable
{
    private CancellationTokenSource _load = new();
    private ChainCheck _chain = null!;
    private AuditFilter _filter = AuditFilter.None;
    private AuditFilter? _asked;
    private Page<AuditRow>? _page;
    private AuditRow? _open;
    private bool _verifying;
    private bool _refused;

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "who")]
    private string? Who { get; set; }

    [SupplyParameterFromQuery(Name = "patient")]
    private string? Patient { get; set; }

    [SupplyParameterFromQuery(Name = "act")]
    private string? Act { get; set; }

    [SupplyParameterFromQuery(Name = "outcome")]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    private string Announcement => _page switch
    {
        null => "",
        { Items.Count: 0 } => T["No entry matches"],
        { Items.Count: var count, Next: null } => T["{0} entries", count],
        { Items.Count: var count } => T["{0} entries, older ones follow", count],
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _filter = new AuditFilter(Filled(From), Filled(To), Filled(Who), Filled(Patient), Filled(Act), Filled(Outcome), Filled(After));
        if (_filter != _asked)
        {
            _asked = _filter;
            await LoadAsync(_filter);
        }
    }

    private async Task LoadAsync(AuditFilter filter)
    {
        (_page, _open) = (null, null);
        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        if (filter.HasProblems)
        {
            return;
        }

        var ct = _load.Token;
        try
        {
            var result = await audit.ListAsync(await current.GetAsync(ct), filter.Query, ct);
            ct.ThrowIfCancellationRequested();
            _refused = result.Error is { Kind: not ErrorKind.Invalid };
            _page = result.IsSuccess ? result.Value : null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another filter is asked for by now, or the page was left.
        }
    }

    private void Show(AuditFilter filter) => navigation.NavigateTo(filter.Address(navigation));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
