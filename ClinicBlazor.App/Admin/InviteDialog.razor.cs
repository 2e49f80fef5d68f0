using ClinicBlazor.App.Accounts;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Admin;

/// <summary>An invitation that was sent.</summary>
/// <param name="AccountId">The new account.</param>
/// <param name="Email">To whom.</param>
public sealed record Invitation(Guid AccountId, string Email);

/// <summary>Asks who is to be invited, and as what.</summary>
public sealed partial class InviteDialog(AccountService accounts) : ComponentBase, IDisposable
{
    private const string NameId = "invite-name";
    private const string EmailId = "invite-email";
    private const string RolesId = "invite-roles";

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<FieldProblem> _problems = [];
    private string? _refusal;
    private string _name = "";
    private string _email = "";
    private Roles _roles;
    private bool _wasOpen;
    private bool _busy;

    /// <summary>Whether the dialog stands.</summary>
    [Parameter, EditorRequired]
    public bool Open { get; set; }

    /// <summary>Raised when the person leaves.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>Raised when the invitation is on its way.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Invitation> OnInvited { get; set; }

    [CascadingParameter]
    private StepUp StepUp { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            (_name, _email, _roles, _problems, _refusal) = ("", "", Roles.None, [], null);
        }

        _wasOpen = Open;
    }

    private async Task InviteAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _refusal) = (true, null);
        try
        {
            var result = await StepUp.RunAsync(actor => accounts.InviteAsync(actor, _name, _email, _roles, _gone.Token));
            if (result.IsSuccess)
            {
                await OnInvited.InvokeAsync(new Invitation(result.Value, InputRules.CleanLine(_email)));
                return;
            }

            _problems = [.. result.Error!.Fields.Select(field => new FieldProblem(IdOf(field.Field), T[field.Message.Text, field.Message.Args]))];
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
        finally
        {
            _busy = false;
        }
    }

    private static string IdOf(string field) => field switch
    {
        "DisplayName" => NameId,
        "Email" => EmailId,
        _ => RolesId,
    };

    private string? Problem(string id) => _problems.FirstOrDefault(problem => problem.FieldId == id)?.Text;

    private string? Invalid(string id) => Problem(id) is null ? null : "true";

    private string? Described(string id, string? hint = null) => Problem(id) is null ? hint : FieldMessage.IdFor(id);
}
