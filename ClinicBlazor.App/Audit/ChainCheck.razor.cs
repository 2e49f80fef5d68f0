using System.Globalization;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Security;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>Verifies the chain when it is asked to, and shows how far it is and what it found.</summary>
public sealed partial class ChainCheck(CurrentActor current, AuditService audit, TimeProvider clock) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _run;
    private AuditProgress? _progress;
    private AuditVerification? _found;
    private AnchorComparison? _anchors;
    private TimeSpan _took;

    /// <summary>True while it verifies.</summary>
    [Parameter]
    public bool Running { get; set; }

    /// <summary>Raised at the beginning and at the end.</summary>
    [Parameter]
    public EventCallback<bool> RunningChanged { get; set; }

    /// <summary>Verifies the whole chain. While it runs already, nothing happens.</summary>
    public async Task RunAsync()
    {
        if (_run is not null)
        {
            return;
        }

        using var run = _run = new CancellationTokenSource();
        (_progress, _found) = (null, null);
        await RunningChanged.InvokeAsync(true);
        var started = clock.GetTimestamp();
        try
        {
            var actor = await current.GetAsync(run.Token);
            var progress = new Progress<AuditProgress>(value =>
            {
                _progress = value;
                StateHasChanged();
            });

            // SQLite works synchronously underneath: on the circuit's own context the page would stand still meanwhile. So below.
            var result = await Task.Run(() => audit.VerifyAsync(actor, progress, run.Token), run.Token);
            _found = result.IsSuccess ? result.Value : null;
            _took = clock.GetElapsedTime(started);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            // Stopped by the person, or the page was left.
        }
        finally
        {
            _run = null;
        }

        await RunningChanged.InvokeAsync(false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stop();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>Compares with the anchors when the page opens: whether something was cut off is not only said to who asks.</summary>
    protected override async Task OnInitializedAsync()
    {
        var ct = _gone.Token;
        try
        {
            var actor = await current.GetAsync(ct);
            var result = await Task.Run(() => audit.CompareAsync(actor, ct), ct);
            _anchors = result.IsSuccess ? result.Value : null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void Stop() => _run?.Cancel();

    private static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private string Title(AuditVerification broken) => broken.Breaks switch
    {
        [] => T["The trail and its anchors do not fit"],
        [{ Sequence: { } number }] => T["The chain breaks at entry {0:N0}", number],
        [_] => T["An entry stands outside the chain"],
        { Count: < AuditVerification.MostBreaks and var count } => T["The chain breaks at {0} places", count],
        { Count: var count } => T["The chain breaks at {0} places or more", count],
    };
}
