using System.Globalization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Audit;

/// <summary>
/// Begins the verification of the chain, and shows how far it is and what it found, whoever began it: it goes on without this page.
/// </summary>
public sealed partial class ChainCheck(CurrentActor current, AuditService audit, AuditVerifyJob job) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _start = new();
    private readonly FormCommand _stop = new();
    private CancellationToken _untilGone;
    private VerifyState? _state;
    private AnchorComparison? _anchors;
    private bool _running;

    /// <summary>Raised at the beginning and at the end, with whether it verifies.</summary>
    [Parameter]
    public EventCallback<bool> RunningChanged { get; set; }

    /// <summary>Has the whole chain verified. While that goes on already, nothing happens.</summary>
    public Task RunAsync() => _start.Once(command => AskAsync(_start, command, job.StartAsync))();

    /// <inheritdoc />
    public void Dispose()
    {
        job.Changed -= OnChanged;
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>Compares with the anchors when the page opens: whether something was cut off is not only said to who asks.</summary>
    protected override async Task OnInitializedAsync()
    {
        var ct = _untilGone = _gone.Token;
        try
        {
            var actor = await current.GetAsync(ct);
            var result = await Task.Run(() => audit.CompareAsync(actor, ct), ct);
            ct.ThrowIfCancellationRequested();
            _anchors = result.IsSuccess ? result.Value : null;
            if (result.IsSuccess)
            {
                job.Changed += OnChanged;
                await ShowAsync();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private Task StopAsync(CommandId command) => AskAsync(_stop, command, job.StopAsync);

    private async Task AskAsync(FormCommand form, CommandId command, Func<Actor, CancellationToken, Task<Result<Done>>> ask)
    {
        try
        {
            await ask((await current.GetAsync(_untilGone)).Doing(command), _untilGone);
            form.Renew();
            await ShowAsync();

            // Whoever pressed may be another component, and what was drawn on the way carries the old name.
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // Raised on the thread of the verification, also after the page was left.
    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        try
        {
            await ShowAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            // Nobody waits for this: the page itself has to be told.
            await DispatchExceptionAsync(fault);
        }
    });

    /// <summary>Shows how it stands to whoever may still read the trail.</summary>
    private async Task ShowAsync()
    {
        _untilGone.ThrowIfCancellationRequested();
        _state = (await current.GetAsync(_untilGone)).May(Permission.AuditRead) ? job.State : null;
        var running = _state is { Stage: VerifyStage.Running };
        if (running != _running)
        {
            _running = running;
            await RunningChanged.InvokeAsync(running);
        }
    }

    private static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private string Checked(VerifyState state, AuditVerification found) =>
        T["Checked on {0} UTC in {1:0.0} s, begun by {2}", Moment(found.VerifiedAt), state.Took.TotalSeconds, state.StartedBy].Value;

    private string Place(AuditBreak finding) => finding switch
    {
        { Archive: { } archive } => T["Archive {0:N0}", archive],
        { Sequence: { } number } => T["Entry {0:N0}", number],
        _ => T["An entry without a number"],
    };

    private string Title(AuditVerification broken) => broken.Breaks switch
    {
        [] => T["The trail and its anchors do not fit"],
        [{ Archive: { } archive }] => T["Archive {0:N0} is not what it was", archive],
        [{ Sequence: { } number }] => T["The chain breaks at entry {0:N0}", number],
        [_] => T["An entry stands outside the chain"],
        { Count: < AuditVerification.MostBreaks and var count } => T["The chain breaks at {0} places", count],
        { Count: var count } => T["The chain breaks at {0} places or more", count],
    };
}
