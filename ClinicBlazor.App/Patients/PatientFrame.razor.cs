using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>
/// What all pages of a chart share: it loads the patient, stands under the banner, and shows the one message when there
/// is no such patient or not for this person. Pages key it by the patient, so that no part of one chart lives on in
/// the next.
/// </summary>
public sealed partial class PatientFrame(CurrentActor current, PatientService patients, PrintService prints) : ComponentBase, IDisposable
{
    private CancellationTokenSource _load = new();
    private PatientChart? _chart;
    private Guid? _shown;
    private bool _missing;
    private bool _left;

    /// <summary>Whose chart.</summary>
    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>Which of its pages.</summary>
    [Parameter, EditorRequired]
    public PatientTab Tab { get; set; }

    /// <summary>The page below the tabs.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<PatientChart> ChildContent { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _left = true;
        _load.Cancel();
        _load.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Id)
        {
            return;
        }

        (_shown, _chart, _missing) = (Id, null, false);
        await LoadAsync();
    }

    private async Task PrintedAsync()
    {
        if (_left)
        {
            return;
        }

        var ct = _load.Token;
        try
        {
            var result = await prints.ChartAsync(await current.GetAsync(ct), Id, ct);
            ct.ThrowIfCancellationRequested();
            if (!result.IsSuccess)
            {
                (_chart, _missing) = (null, true);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another patient is asked for by now, or the page was left.
        }
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        // A part that was still at work when the page was left has nothing to load any more.
        if (_left)
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

            // The policy of these pages lets patients read themselves; their own pages are other ones.
            var result = actor.Roles.HasAny(Roles.Staff) ? await patients.GetAsync(actor, Id, ct) : Error.NotFound;
            ct.ThrowIfCancellationRequested();
            _missing = !result.IsSuccess;
            _chart = result.IsSuccess ? new PatientChart(result.Value, actor.Roles, ReloadAsync) : null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Another patient is asked for by now, or the page was left.
        }
    }
}
