using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Admin;

/// <summary>What can be done with one account. Every change asks for fresh proof.</summary>
public sealed partial class AccountPane(AccountService accounts, ClinicDialogs dialogs, StepUp stepUp) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private Roles? _roles;
    private Roles _stored;
    private string? _done;
    private string? _problem;
    private string? _rolesProblem;

    /// <summary>The account.</summary>
    [Parameter, EditorRequired]
    public AccountRow Row { get; set; } = null!;

    /// <summary>Raised when the account was changed; the row is the one before.</summary>
    [Parameter, EditorRequired]
    public EventCallback<AccountRow> OnChanged { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // What somebody else has changed meanwhile is not put back by ticks that were set before.
        if (_stored != Row.Roles)
        {
            (_stored, _roles) = (Row.Roles, null);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private Task UnlockAsync(CommandId command) =>
        RunAsync(command, actor => accounts.UnlockAsync(actor, Row.Id, _gone.Token), T["Unlocked"]);

    private Task InviteAgainAsync(CommandId command) =>
        RunAsync(command, actor => accounts.InviteAgainAsync(actor, Row.Id, _gone.Token), T["The invitation goes out again"]);

    private Task EndSessionsAsync(CommandId command) =>
        RunAsync(command, actor => accounts.EndSessionsAsync(actor, Row.Id, _gone.Token), T["Sessions ended"]);

    private async Task ResetSecondFactorAsync(CommandId command)
    {
        string[] forStaff = Row.Roles.HasAny(Roles.Staff)
            ? [T["At the next sign-in nothing opens before a new one is enrolled. Make sure that it is really this person who asks."]]
            : [];
        var question = new Confirmation(
            T["Reset the second factor of {0}?", Row.DisplayName],
            T["Reset second factor"],
            [T["The authenticator app and the recovery codes stop working, and all sessions end now."], .. forStaff])
        { Danger = true, TestId = "account-reset" };
        if (await dialogs.ConfirmAsync(question, _gone.Token))
        {
            await RunAsync(command, actor => accounts.ResetSecondFactorAsync(actor, Row.Id, _gone.Token), T["Second factor reset"]);
        }
    }

    private async Task DeactivateAsync(CommandId command)
    {
        string[] ofPatients = Row.Roles.HasAny(Roles.Patient)
            ? [T["It no longer reads the patient’s chart. Switched on again, it must be linked anew."]]
            : [];
        var question = new Confirmation(
            T["Deactivate {0}?", Row.DisplayName],
            T["Deactivate"],
            [
                T["Nobody can sign in with this account any more, and its sessions end now. What was written and signed with it stays."],
                .. ofPatients,
            ])
        { Danger = true, TestId = "account-deactivate" };
        if (await dialogs.ConfirmAsync(question, _gone.Token))
        {
            await RunAsync(command, actor => accounts.DeactivateAsync(actor, Row.Id, _gone.Token), T["Deactivated"]);
        }
    }

    private async Task ReactivateAsync(CommandId command)
    {
        var question = new Confirmation(T["Reactivate {0}?", Row.DisplayName], T["Reactivate"],
            T["The account can be used again, with the roles it has."])
        { TestId = "account-reactivate" };
        if (await dialogs.ConfirmAsync(question, _gone.Token))
        {
            await RunAsync(command, actor => accounts.ReactivateAsync(actor, Row.Id, _gone.Token), T["Reactivated"]);
        }
    }

    private bool AreRolesChanged => _roles is not null && _roles != Row.Roles;

    // A disabled button is the browser's affair: its event can come all the same.
    private async Task SaveRolesAsync(CommandId command)
    {
        if (!AreRolesChanged)
        {
            return;
        }

        var wanted = _roles!.Value;
        await RunAsync(command, actor => accounts.ChangeRolesAsync(actor, Row.Id, wanted, _gone.Token), T["Roles saved"]);
        if (_done is not null)
        {
            // What waits for a second person is not among the account's roles yet, and is not to be asked for once more.
            _roles = null;
        }
    }

    private async Task RunAsync(CommandId command, Func<Actor, Task<Result<Done>>> act, string done)
    {
        (_done, _problem, _rolesProblem) = (null, null, null);
        try
        {
            var result = await stepUp.RunAsync(command, act);
            if (result.Error is { } error)
            {
                Tell(error);
                return;
            }

            _command.Renew();
            _done = done;
            await OnChanged.InvokeAsync(Row);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left, or another account was chosen.
        }
    }

    private void Tell(Error error)
    {
        if (error is { Kind: ErrorKind.Invalid, Fields: [{ Field: "Roles" } roles, ..] })
        {
            _rolesProblem = T[roles.Message.Text, roles.Message.Args];
            return;
        }

        _problem = error switch
        {
            { Kind: ErrorKind.Invalid, Fields: [var field, ..] } => T[field.Message.Text, field.Message.Args],
            { Kind: ErrorKind.StepUpNeeded } => T["Nothing was changed: the fresh proof is missing."],
            { Kind: ErrorKind.Conflict } => T["Somebody else is changing this account right now. Try again."],
            _ => T["This account cannot be changed any more. Open the page again."],
        };
    }
}
