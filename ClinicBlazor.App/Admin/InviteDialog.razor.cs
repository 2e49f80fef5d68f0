using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Admin;

/// <summary>An invitation that was sent.</summary>
/// <param name="AccountId">The new account.</param>
/// <param name="Email">To whom.</param>
public sealed record Invitation(Guid AccountId, string Email);

/// <summary>Asks who is to be invited, and as what. Ends with an <see cref="Invitation"/> that is on its way.</summary>
public sealed partial class InviteDialog(AccountService accounts, StepUp stepUp) : ComponentBase, IDisposable
{
    private const string NameId = "invite-name";
    private const string EmailId = "invite-email";
    private const string RolesId = "invite-roles";

    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private IReadOnlyList<FieldProblem> _problems = [];
    private string? _refusal;
    private string _name = "";
    private string _email = "";
    private Roles _roles;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task InviteAsync(CommandId command)
    {
        _refusal = null;
        try
        {
            var result = await stepUp.RunAsync(command, actor => accounts.InviteAsync(actor, _name, _email, _roles, _gone.Token));
            if (result.IsSuccess)
            {
                Dialog.Close(DialogResult.Ok(new Invitation(result.Value, InputRules.CleanLine(_email))));
                return;
            }

            _problems = [
                .. result.Error!.Fields.Select(field => new FieldProblem(IdOf(field.Field), T[field.Message.Text, field.Message.Args]))];
            _refusal = result.Error.Kind switch
            {
                ErrorKind.Invalid => null,
                ErrorKind.StepUpNeeded => T["Nothing was sent: the fresh proof is missing."].Value,
                ErrorKind.Conflict => T["There is an account with this address already."].Value,
                ErrorKind.NotFound or ErrorKind.Denied => T["You may not invite anybody any more. Open the page again."].Value,
            };
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private static string IdOf(string field) => field switch
    {
        "DisplayName" => NameId,
        "Email" => EmailId,
        _ => RolesId,
    };

    private string? Problem(string id) => _problems.FirstOrDefault(problem => problem.FieldId == id)?.Text;
}
