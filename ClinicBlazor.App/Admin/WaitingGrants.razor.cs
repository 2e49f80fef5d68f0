using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Admin;

/// <summary>The second person's part when roles are given. Both acts ask for a fresh proof.</summary>
public sealed partial class WaitingGrants(CurrentActor current, RoleGrantService grants) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private IReadOnlyList<WaitingRoles>? _waiting;
    private object? _shown;
    private string? _problem;
    private CancellationToken _untilGone;

    /// <summary>Changes whenever the list of accounts was loaded again; so is this one then.</summary>
    [Parameter, EditorRequired]
    public object? Load { get; set; }

    /// <summary>Raised when something was decided.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnDecided { get; set; }

    [Inject]
    private StepUp StepUp { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        // Kept: who decides is asked for a proof first, and by then the page may be gone, and what gives the token with it.
        _untilGone = _gone.Token;
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(Load, _shown))
        {
            _shown = Load;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var result = await grants.ListAsync(await current.GetAsync(_untilGone), _untilGone);
            _waiting = result.IsSuccess ? result.Value : [];
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private Task ConfirmAsync(CommandId command, WaitingRoles grant) =>
        RunAsync(command, actor => grants.ConfirmAsync(actor, grant.AccountId, grant.Id, _untilGone));

    private Task WithdrawAsync(CommandId command, WaitingRoles grant) =>
        RunAsync(command, actor => grants.WithdrawAsync(actor, grant.AccountId, grant.Id, _untilGone));

    private async Task RunAsync(CommandId command, Func<Actor, Task<Result<Done>>> act)
    {
        _problem = null;
        try
        {
            var result = await StepUp.RunAsync(command, act);
            _problem = result.Error switch
            {
                null => null,
                { Kind: ErrorKind.Invalid, Fields: [var field, ..] } => T[field.Message.Text, field.Message.Args].Value,
                { Kind: ErrorKind.StepUpNeeded } => T["Nothing was changed: the fresh proof is missing."].Value,
                _ => T["Somebody else has decided this already. The list shows how it stands now."].Value,
            };
            if (result.IsSuccess)
            {
                // The list of accounts is loaded again, and this one with it.
                _command.Renew();
                await OnDecided.InvokeAsync();
            }
            else
            {
                await LoadAsync();
            }
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
