using ClinicBlazor.App.Accounts;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Admin;

/// <summary>What can be done with one account. Every change asks for fresh proof.</summary>
public sealed partial class AccountPane(AccountService accounts) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Question? _asking;
    private Roles? _roles;
    private string? _done;
    private string? _problem;
    private string? _rolesProblem;
    private bool _busy;

    private enum Question
    {
        ResetSecondFactor,
        Deactivate,
        Reactivate,
    }

    /// <summary>The account.</summary>
    [Parameter, EditorRequired]
    public AccountRow Row { get; set; } = null!;

    /// <summary>Raised when the account was changed; the row is the one before.</summary>
    [Parameter, EditorRequired]
    public EventCallback<AccountRow> OnChanged { get; set; }

    [CascadingParameter]
    private StepUp StepUp { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private Task UnlockAsync() => RunAsync(actor => accounts.UnlockAsync(actor, Row.Id, _gone.Token), T["Unlocked"]);

    private Task EndSessionsAsync() => RunAsync(actor => accounts.EndSessionsAsync(actor, Row.Id, _gone.Token), T["Sessions ended"]);

    private Task ResetSecondFactorAsync() => RunAsync(actor => accounts.ResetSecondFactorAsync(actor, Row.Id, _gone.Token), T["Second factor reset"]);

    private Task DeactivateAsync() => RunAsync(actor => accounts.DeactivateAsync(actor, Row.Id, _gone.Token), T["Deactivated"]);

    private Task ReactivateAsync() => RunAsync(actor => accounts.ReactivateAsync(actor, Row.Id, _gone.Token), T["Reactivated"]);

    private bool AreRolesChanged => _roles is not null && _roles != Row.Roles;

    // A disabled button is the browser's affair: its event can come all the same.
    private Task SaveRolesAsync() => AreRolesChanged
        ? RunAsync(actor => accounts.ChangeRolesAsync(actor, Row.Id, _roles!.Value, _gone.Token), T["Roles saved"])
        : Task.CompletedTask;

    private void Leave() => _asking = null;

    private async Task RunAsync(Func<Actor, Task<Result<Done>>> act, string done)
    {
        (_asking, _done, _problem, _rolesProblem) = (null, null, null, null);
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await StepUp.RunAsync(act);
            if (result.Error is { } error)
            {
                Tell(error);
                return;
            }

            _done = done;
            await OnChanged.InvokeAsync(Row);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left, or another account was chosen.
        }
        finally
        {
            _busy = false;
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
