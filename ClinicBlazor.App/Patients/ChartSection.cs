using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>
/// A part of a chart's page that acts: it runs one act at a time, keeps the reason of a refusal beside itself, and has
/// the chart loaded again whenever that may have changed.
/// </summary>
public abstract class ChartSection : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private bool _running;

    /// <summary>Begins with a page that is open.</summary>
    protected ChartSection() => Gone = _gone.Token;

    /// <summary>Who sits at this page.</summary>
    [Inject]
    protected CurrentActor Current { get; set; } = null!;

    /// <summary>The chart around this part.</summary>
    [CascadingParameter]
    protected PatientChart Chart { get; set; } = null!;

    /// <summary>Asks for a fresh proof where an act needs one.</summary>
    [Inject]
    protected StepUp StepUp { get; set; } = null!;

    [Inject]
    private ClinicDialogs Dialogs { get; set; } = null!;

    /// <summary>Why the last act was refused; null when it was not.</summary>
    protected Error? Refusal { get; private set; }

    /// <summary>True while an act is on its way.</summary>
    protected bool Busy => _running || _command.Busy;

    /// <summary>Ends when the page is left.</summary>
    protected CancellationToken Gone { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the part holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }

    /// <summary>What a button does, by a name of its own (<see cref="FormCommand"/>).</summary>
    protected Func<Task> Once(Func<CommandId, Task> act) => _command.Once(act);

    /// <summary>
    /// Asks first, and does it when the person goes through with it. The question goes with the page that it was asked
    /// on.
    /// </summary>
    protected async Task AskAsync(Confirmation question, Func<CommandId, Task> act)
    {
        if (await Dialogs.ConfirmAsync(question, Gone))
        {
            await Once(act)();
        }
    }

    /// <summary>Carries out an act for the person at the page and has the chart loaded again; true when it was done.</summary>
    protected async Task<bool> ActAsync<T>(CommandId command, Func<Actor, CancellationToken, Task<Result<T>>> act)
    {
        var done = await RunAsync(async ct => await act((await Current.GetAsync(ct)).Doing(command), ct)) is { IsSuccess: true };
        if (done)
        {
            _command.Renew();
            await Chart.ReloadAsync();
        }

        return done;
    }

    /// <summary>The same for an act that asks for a fresh proof.</summary>
    protected async Task<bool> ActWithProofAsync<T>(CommandId command, Func<Actor, CancellationToken, Task<Result<T>>> act)
    {
        var done = await RunAsync(ct => StepUp.RunAsync(command, actor => act(actor, ct))) is { IsSuccess: true };
        if (done)
        {
            _command.Renew();
            await Chart.ReloadAsync();
        }

        return done;
    }

    /// <summary>Runs an operation; null when another one is on its way. A refusal that tells of a change loads the chart again.</summary>
    protected async Task<Result<T>?> RunAsync<T>(Func<CancellationToken, Task<Result<T>>> operation)
    {
        if (_running)
        {
            return null;
        }

        (_running, Refusal) = (true, null);
        try
        {
            var result = await operation(Gone);
            Gone.ThrowIfCancellationRequested();
            Refusal = result.Error;
            if (Refusal is { Kind: ErrorKind.NotFound or ErrorKind.Denied or ErrorKind.Conflict })
            {
                await Chart.ReloadAsync();
            }

            return result;
        }
        finally
        {
            _running = false;
        }
    }

    /// <summary>Forgets a refusal that was read.</summary>
    protected void ClearRefusal() => Refusal = null;
}
