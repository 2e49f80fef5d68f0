using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Shared.Grids;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Audit;

/// <summary>
/// The audit trail for administrators. Filters and place live in the address. Each look at it is an entry of its own, so
/// the page loads once for each address and never by itself.
/// </summary>
public sealed partial class AuditPage(CurrentActor current, AuditService audit, ClinicDialogs dialogs, NavigationManager navigation)
    : ComponentBase, IDisposable
{
    private CancellationTokenSource _load = new();
    private ChainCheck _chain = null!;
    private AuditFilter _filter = AuditFilter.None;
    private IReadOnlyList<GridColumn> _columns = [];
    private AuditFilter? _asked;
    private Page<AuditRow>? _page;
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

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "columns")]
    private string? Columns { get; set; }

    private string Announcement => _page switch
    {
        null => "",
        { Items.Count: 0 } => T["No entry matches"],
        { Items.Count: var count, Next: null } => T["{0} entries", count],
        { Items.Count: var count } when _filter.OldestFirst => T["{0} entries, newer ones follow", count],
        { Items.Count: var count } => T["{0} entries, older ones follow", count],
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() =>
        _columns = [.. AuditFilter.Columns.Select(column => column with { Title = T[column.Title] })];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _filter = new AuditFilter(
            AuditFilter.Day(Filled(From)), AuditFilter.Day(Filled(To)), Filled(Who), Filled(Patient), Filled(Act), Filled(Outcome),
            Filled(After), Sort == AuditFilter.OldestSort, ColumnChoice.Read(Columns, AuditFilter.Columns));

        // How the columns are chosen is no other question to the server, and no other entry of the trail.
        if (_filter with { Choice = null } != _asked)
        {
            _asked = _filter with { Choice = null };
            await LoadAsync(_filter);
        }
    }

    private async Task LoadAsync(AuditFilter filter)
    {
        _page = null;
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

    private Task ShowAsync(AuditRow row) =>
        dialogs.ShowAsync(new DialogParameters<AuditEntryDialog> { { dialog => dialog.Row, row } });

    private void Choose(string? columns) => navigation.NavigateTo(
        (_filter with { Choice = columns }).Address(navigation), new NavigationOptions { ReplaceHistoryEntry = true });

    private void Show(AuditFilter filter) => navigation.NavigateTo(filter.Address(navigation));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
