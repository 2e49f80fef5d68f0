using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Fields;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Billing;

/// <summary>
/// Says from a row of the queue why a visit is stopped and what opens it. Whoever cares for the patient opens it here; reception
/// goes on to the bill. It closes with true once the visit is cleared.
/// </summary>
public sealed partial class PaymentGuardDialog(CurrentActor current, ClearanceService clearances, StepUp stepUp)
    : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private CancellationToken _untilGone;
    private ClinicTextField<string>? _reasonBox;
    private string _reason = "";
    private string? _problem;
    private string? _refusal;
    private bool _asksWhy;
    private bool _focusReason;
    private bool _mayChange;
    private bool _mayMark;
    private bool _mayOverride;

    /// <summary>Whose visit.</summary>
    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    /// <summary>The visit.</summary>
    [Parameter, EditorRequired]
    public Guid VisitId { get; set; }

    /// <summary>Name of the patient.</summary>
    [Parameter, EditorRequired]
    public string PatientName { get; set; } = "";

    /// <summary>What is open; null for those who may not see it.</summary>
    [Parameter]
    public Money? Open { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        (PatientName, _reason, _reasonBox) = ("", "", null);
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // Kept: who goes on is asked for a proof first, and by then the page may be gone, and what gives the token with it.
        _untilGone = _gone.Token;
        var actor = await current.GetAsync(_untilGone);
        (_mayChange, _mayMark, _mayOverride) = (actor.May(Permission.BillingChange), actor.May(Permission.EmergencyMark),
            actor.May(Permission.PaymentOverride));
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusReason && _reasonBox is not null)
        {
            _focusReason = false;
            await _reasonBox.FocusIfThereAsync();
        }
    }

    private Task AskWhyAsync()
    {
        (_asksWhy, _focusReason, _refusal) = (true, true, null);
        return Task.CompletedTask;
    }

    // No proof is asked for: nobody looks for a password while somebody needs help.
    private Task MarkEmergencyAsync(CommandId command) => RunAsync(async () =>
        await clearances.MarkEmergencyAsync((await current.GetAsync(_untilGone)).Doing(command), PatientId, VisitId, _untilGone));

    private Task OverrideAsync(CommandId command) => RunAsync(() =>
        stepUp.RunAsync(command, actor => clearances.OverrideAsync(actor, PatientId, VisitId, _reason, _untilGone)));

    private async Task RunAsync(Func<Task<Result<Guid>>> act)
    {
        (_problem, _refusal) = (null, null);
        try
        {
            var result = await act();
            if (result.Error is not { } error)
            {
                Dialog.Close(DialogResult.Ok(true));
                return;
            }

            _problem = error is { Kind: ErrorKind.Invalid, Fields: [var field, ..] }
                ? T[field.Message.Text, field.Message.Args].Value : null;
            _refusal = error.Kind switch
            {
                ErrorKind.Invalid => null,
                ErrorKind.StepUpNeeded => T["Nothing was done: the fresh proof is missing."].Value,
                ErrorKind.Conflict => T["Somebody else was quicker, or the patient has gone. The board shows how it stands now."].Value,
                ErrorKind.NotFound or ErrorKind.Denied => T["You may not do this any more."].Value,
            };
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
