using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Shared.Fields;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Billing;

/// <summary>The clinic's price list, for administrators.</summary>
public sealed partial class PricesPage(CurrentActor current, PriceListService prices, ClinicDialogs dialogs) : ComponentBase, IDisposable
{
    private const InputMode AmountKeys = InputMode.@decimal;

    private readonly CancellationTokenSource _gone = new();
    private readonly FormCommand _command = new();
    private IReadOnlyList<PriceRow>? _rows;
    private IReadOnlyList<FieldError> _findings = [];
    private ClinicTextField<string>? _amountBox;
    private CancellationToken _untilGone;
    private string _code = "";
    private string _name = "";
    private string _amount = "";
    private bool _atCheckIn;
    private string? _done;
    private string? _problem;
    private bool _refused;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // Kept: by the time that somebody has confirmed, the page may be gone, and what gives the token with it.
        _untilGone = _gone.Token;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            var result = await prices.ListAsync(await current.GetAsync(_untilGone), _untilGone);
            _untilGone.ThrowIfCancellationRequested();
            (_rows, _refused) = (result.IsSuccess ? result.Value : null, !result.IsSuccess);
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // The name of what is done is that of the form as it was drawn, however long the answer takes.
    private Func<Task> AskFirst(Func<Task> set) => async () =>
    {
        var question = new Confirmation(T["Charge nothing at check-in?"], T["Save price"],
            T["Visits will no longer be charged at check-in, and none is stopped for it."])
        { Danger = true, TestId = "end-fee" };
        if (!EndsFee || await dialogs.ConfirmAsync(question, _untilGone))
        {
            await set();
        }
    };

    // The price that every visit is charged would be replaced by one that none is.
    private bool EndsFee => !_atCheckIn && _rows?.Any(row => row.IsConsultation
        && row.Code.Equals(_code.Trim(), StringComparison.OrdinalIgnoreCase)) == true;

    private async Task SetAsync(CommandId command)
    {
        var input = new NewPrice(_code, _name, _amount, _atCheckIn);
        if (await RunAsync(command, actor => prices.SetAsync(actor, input, _untilGone), T["Price saved"]))
        {
            (_code, _name, _amount, _atCheckIn) = ("", "", "", false);
        }
    }

    private async Task RetireAsync(PriceRow row)
    {
        var follows = T["Nothing more is charged by it. What was charged stays as it is."].Value;
        IReadOnlyList<string> text = row.IsConsultation
            ? [follows, T["Visits will no longer be charged at check-in, and none is stopped for it."].Value] : [follows];
        var question = new Confirmation(T["Retire the price “{0}”?", row.Name], T["Retire"], text)
        { Danger = true, TestId = "retire-price" };
        if (await dialogs.ConfirmAsync(question, _untilGone))
        {
            await _command.Once(command =>
                RunAsync(command, actor => prices.RetireAsync(actor, row.Id, _untilGone), T["Price retired"]))();
        }
    }

    // What is there already is where a change begins.
    private async Task ChangeAsync(PriceRow row)
    {
        (_code, _name, _amount, _atCheckIn) = (row.Code, row.Name, BillingWords.Typed(row.Amount), row.IsConsultation);
        (_findings, _done, _problem) = ([], null, null);
        if (_amountBox is not null)
        {
            await _amountBox.FocusIfThereAsync();
        }
    }

    private async Task<bool> RunAsync<TDone>(CommandId command, Func<Actor, Task<Result<TDone>>> act, string done)
    {
        (_findings, _done, _problem) = ([], null, null);
        try
        {
            var result = await act((await current.GetAsync(_untilGone)).Doing(command));
            _untilGone.ThrowIfCancellationRequested();
            _findings = result.Error?.Fields ?? [];
            _problem = result.Error switch
            {
                null or { Kind: ErrorKind.Invalid } => null,
                { Kind: ErrorKind.Denied } => T["You may not do this any more."].Value,
                _ => T["Somebody else changed it in between. The list shows how it stands now."].Value,
            };
            if (result.IsSuccess)
            {
                _command.Renew();
                _done = done;
            }

            if (result.IsSuccess || _problem is not null)
            {
                await LoadAsync();
            }

            return result.IsSuccess;
        }
        catch (OperationCanceledException) when (_untilGone.IsCancellationRequested)
        {
            return false;
        }
    }

    private string? ProblemOf(string field) =>
        _findings.FirstOrDefault(found => found.Field == field) is { } finding
            ? T[finding.Message.Text, finding.Message.Args].Value : null;
}
