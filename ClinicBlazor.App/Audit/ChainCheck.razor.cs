using ClinicBlazor.App.Hosting;
using ClinicBlazor.Domain.Audit;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>Verifies the chain when it is asked to, and shows how far it is and what it found.</summary>
public sealed partial class ChainCheck(CurrentActor current, AuditService audit, TimeProvider clock) : ComponentBase, IDisposable
{
    private CancellationTokenSource? _run;
    private AuditProgress? _progress;
    private AuditVerification? _found;
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

            // SQLite works synchronously underneath: on the circuit's own context the page would stand still meanwhile.
            var result = await Task.Run(() => audit.VerifyAsync(actor, progress, run.Token), run.Token);
            _found = result.IsSuccess ? result.Value : null;
            _took = clock.GetElapsedTime(started);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            // Stopped by the person, or the page was left.
        }

        _run = null;
        await RunningChanged.InvokeAsync(false);
    }

    /// <inheritdoc />
    public void Dispose() => Stop();

    private void Stop() => _run?.Cancel();

    private string Title(AuditVerification broken) => broken.Breaks switch
    {
        [{ Sequence: { } number }] => T["The chain breaks at entry {0:N0}", number],
        [_] => T["An entry stands outside the chain"],
        { Count: < AuditVerification.MostBreaks and var count } => T["The chain breaks at {0} places", count],
        { Count: var count } => T["The chain breaks at {0} places or more", count],
    };
}
