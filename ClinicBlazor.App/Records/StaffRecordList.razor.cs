using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Records;

/// <summary>Records of several patients, as staff list them.</summary>
public sealed partial class StaffRecordList(CurrentActor current, TimeProvider clock) : ComponentBase, IDisposable
{
    private CancellationTokenSource? _load;
    private Page<RecordRow>? _page;
    private bool _refused;

    /// <summary>Heading of the page.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Which records these are.</summary>
    [Parameter, EditorRequired]
    public string Subtitle { get; set; } = "";

    /// <summary>Address of the page, for its further pages.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    /// <summary>Place in the list to go on from, as a page of it gave it.</summary>
    [Parameter]
    public string? After { get; set; }

    /// <summary>True for work that waits: what has waited longest is first, and each row says how long it has.</summary>
    [Parameter]
    public bool OldestFirst { get; set; }

    /// <summary>Reads a page of the list from a place on.</summary>
    [Parameter, EditorRequired]
    public Func<Actor, string?, CancellationToken, Task<Result<Page<RecordRow>>>> Load { get; set; } = null!;

    /// <summary>What stands here when there are none.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Empty { get; set; } = null!;

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
            var result = await Load(await current.GetAsync(ct), After, ct);
            ct.ThrowIfCancellationRequested();
            (_page, _refused) = result.IsSuccess ? (result.Value, false) : (null, true);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another page of the list was asked for, or none.
        }
    }

    private string? Count(Page<RecordRow> page) => page switch
    {
        { Items.Count: 0 } => null,
        { Total: { } total } => T["{0} in all", total].Value,
        { Items.Count: var count, Next: null } => T["{0} records", count].Value,
        { Items.Count: var count } => T["{0} records, more follow", count].Value,
    };

    private void AbandonLoad()
    {
        _load?.Cancel();
        _load?.Dispose();
    }
}
