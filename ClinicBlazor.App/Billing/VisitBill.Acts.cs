using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Billing;

/// <summary>What is entered into the ledger of a visit from its page.</summary>
public sealed partial class VisitBill
{
    private const int ShortPlan = 3;

    private Guid PatientId => Chart.Patient.Id;

    private string WhenWithdrawn => IsOpen ? T["The visit is stopped again unless something else clears it."]
        : T["What is open is to be paid now unless something else covers it."];

    private async Task ChargeAsync()
    {
        if (_bill is { } bill
            && await RunAsync(async ct => await reader.PricesAsync(await Current.GetAsync(ct), ct)) is { IsSuccess: true } prices)
        {
            await dialogs.AskAsync<ChargeDialog, bool>(new DialogParameters<ChargeDialog>
            {
                { dialog => dialog.Latest, LatestOf(bill) },
                { dialog => dialog.Prices, prices.Value },
                {
                    dialog => dialog.Do,
                    (command, price) => EnterAsync(command, (actor, ct) => billing.AddChargeAsync(actor, PatientId, VisitId, price, ct))
                },
            }, Gone);
        }
    }

    private Task PayAsync() => _bill is not { } bill ? Task.CompletedTask : OpenAsync(new DialogParameters<PaymentDialog>
    {
        { dialog => dialog.Latest, LatestOf(bill) },
        { dialog => dialog.IsOpen, IsOpen },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command, (actor, ct) => billing.TakePaymentAsync(actor, PatientId, VisitId, input, ct))
        },
    }, WayStays());

    private Task ApproveAsync() => _bill is not { } bill ? Task.CompletedTask : OpenAsync(new DialogParameters<ApprovalDialog>
    {
        { dialog => dialog.Latest, LatestOf(bill) },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command, (actor, ct) => clearances.ApproveAsync(actor, PatientId, VisitId, input, ct))
        },
    }, WayStays());

    private Task PlanAsync() => _bill is not { } bill ? Task.CompletedTask : OpenAsync(new DialogParameters<PlanDialog>
    {
        { dialog => dialog.Latest, LatestOf(bill) },
        { dialog => dialog.IsOpen, IsOpen },
        {
            dialog => dialog.Do,
            (command, plan) => EnterAsync(command,
                (actor, ct) => clearances.PlanAsync(actor, PatientId, VisitId, plan.Parts, plan.Seen, ct))
        },
    }, () => _bill is { Open.Cents: > 0 });

    private Task WaiveAsync() => _bill is not { } bill ? Task.CompletedTask : OpenAsync(new DialogParameters<AmountDialog>
    {
        { dialog => dialog.Latest, LatestOf(bill) },
        { dialog => dialog.Title, T["Waive what is open?"].Value },
        { dialog => dialog.Act, T["Waive"].Value },
        {
            dialog => dialog.Hint,
            now => T["{0} is open; what is waived is not asked for again", BillingWords.Shown(now.Open)].Value
        },
        { dialog => dialog.Most, now => now.Open },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command,
                (actor, ct) => billing.WaiveAsync(actor, PatientId, VisitId, input.Amount, input.Reason, input.Seen, ct))
        },
    }, WayStays());

    private Task TakeBackAsync(BillLine line) => line.Kind switch
    {
        LedgerKind.Payment => RefundAsync(line),
        LedgerKind.Charge => AskWhyAsync(
            T["Reverse entry no. {0}?", line.Number],
            T["The charge is taken back. What was paid for it is owed back then."],
            T["Reverse"],
            (command, reason) => EnterAsync(command,
                (actor, ct) => billing.ReverseChargeAsync(actor, PatientId, VisitId, line.Id, reason, ct)),
            RowStays(line)),
        LedgerKind.Waiver => AskWhyAsync(
            T["Take waiver no. {0} back?", line.Number],
            T["{0} of what was waived is asked for again.", BillingWords.Shown(line.Left)].Value + " " + WhenWithdrawn,
            T["Take back"],
            (command, reason) => EnterAsync(command,
                (actor, ct) => billing.EndWaiverAsync(actor, PatientId, VisitId, line.Id, reason, ct)),
            RowStays(line)),
        LedgerKind.Emergency => AskWhyAsync(
            T["Withdraw entry no. {0}?", line.Number],
            WhenWithdrawn,
            T["Withdraw"],
            (command, reason) => EnterAsync(command,
                (actor, ct) => clearances.WithdrawEmergencyAsync(actor, PatientId, VisitId, line.Id, reason, ct)),
            RowStays(line)),
        _ => AskWhyAsync(
            T["Withdraw entry no. {0}?", line.Number],
            WhenWithdrawn,
            T["Withdraw"],
            (command, reason) => EnterAsync(command,
                (actor, ct) => clearances.WithdrawAsync(actor, PatientId, VisitId, line.Id, reason, ct)),
            RowStays(line)),
    };

    // Money that is owed back is given back first: more than that would be open again.
    private Task RefundAsync(BillLine line) => _bill is not { } bill ? Task.CompletedTask : OpenAsync(new DialogParameters<AmountDialog>
    {
        { dialog => dialog.Latest, LatestOf(bill) },
        { dialog => dialog.Title, T["Refund payment no. {0}?", line.Number].Value },
        { dialog => dialog.Act, T["Refund"].Value },
        {
            dialog => dialog.Hint,
            now => now.Open.Cents < 0 ? T["{0} is owed back", BillingWords.Shown(BillingWords.Minus(now.Open))].Value
                : T["{0} of it is left; what is given back is open again", BillingWords.Shown(LeftOf(line, now))].Value
        },
        {
            dialog => dialog.Most,
            now => now.Open.Cents < 0 ? now.Open with { Cents = Math.Min(LeftOf(line, now).Cents, -now.Open.Cents) } : LeftOf(line, now)
        },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command,
                (actor, ct) => billing.RefundAsync(actor, PatientId, VisitId, line.Id, input.Amount, input.Reason, input.Seen, ct))
        },
    }, RowStays(line));

    private Task OverrideAsync() => AskWhyAsync(
        T["Go on without clearance?"],
        T["The consultation can start. Your reason stays in the ledger, for clinicians to read; the audit trail says that it was done."],
        T["Go on without clearance"],
        async (command, reason) => await ProblemsAsync(await RunAsync(
            ct => StepUp.RunAsync(command, actor => clearances.OverrideAsync(actor, PatientId, VisitId, reason, ct)))),
        WayStays());

    private Task DeferAsync(CommandId command, int seen) =>
        DoAsync(command, (actor, ct) => clearances.DeferAsync(actor, PatientId, VisitId, seen, ct));

    private Task PlanShortAsync(CommandId command, int seen) =>
        DoAsync(command, (actor, ct) => clearances.PlanAsync(actor, PatientId, VisitId, ShortPlan, seen, ct));

    private Task MarkEmergencyAsync(CommandId command) =>
        DoAsync(command, (actor, ct) => clearances.MarkEmergencyAsync(actor, PatientId, VisitId, ct));

    // What one press does: a refusal stands on the page. The chart has nothing of the ledger, and is not read again.
    private async Task DoAsync(CommandId command, Func<Actor, CancellationToken, Task<Result<Guid>>> act)
    {
        var stays = WayStays();
        var done = await RunAsync(async ct => await act((await Current.GetAsync(ct)).Doing(command), ct)) is { IsSuccess: true };
        if (done)
        {
            _press.Renew();
        }

        await _live!.ReadAgainAsync();
        if (done && !stays())
        {
            FocusTitle();
        }
    }

    // What a dialog sends: what is wrong with its fields stands in the dialog.
    private async Task<IReadOnlyList<FieldProblem>> EnterAsync(CommandId command, Func<Actor, CancellationToken, Task<Result<Guid>>> act) =>
        await ProblemsAsync(await RunAsync(async ct => await act((await Current.GetAsync(ct)).Doing(command), ct)));

    // Nothing was answered while another act was on its way.
    private async Task<IReadOnlyList<FieldProblem>> ProblemsAsync(Result<Guid>? result)
    {
        IReadOnlyList<FieldProblem> problems = result switch
        {
            null => [new FieldProblem("", T["Please try again."])],
            { Error: { Kind: ErrorKind.Invalid } refusal } =>
                [.. refusal.Fields.Select(field => new FieldProblem(field.Field, T[field.Message.Text, field.Message.Args]))],
            { Error.Kind: ErrorKind.StepUpNeeded } => [new FieldProblem("Reason", T["Nothing was done: the fresh proof is missing."])],
            _ => [],
        };
        if (problems.Count > 0)
        {
            ClearRefusal();
        }

        await _live!.ReadAgainAsync();
        return problems;
    }

    private Task AskWhyAsync(string title, string text, string act,
        Func<CommandId, string, Task<IReadOnlyList<FieldProblem>>> enter, Func<bool> stays) =>
        _bill is null ? Task.CompletedTask : OpenAsync(new DialogParameters<ReasonDialog>
        {
            { dialog => dialog.Title, title },
            { dialog => dialog.Text, text },
            { dialog => dialog.Act, act },
            { dialog => dialog.Do, async (command, reason) => (await enter(command, reason)) is [var problem, ..] ? problem.Text : null },
        }, stays);

    // The dialog gives the focus back to what opened it; where that went with what was done, the heading has it.
    private async Task OpenAsync<TDialog>(DialogParameters<TDialog> parameters, Func<bool> stays)
        where TDialog : IComponent
    {
        if (await dialogs.AskAsync<TDialog, bool>(parameters, Gone) && !stays())
        {
            FocusTitle();
        }
    }

    private void FocusTitle()
    {
        _focusTitle = true;
        StateHasChanged();
    }

    // Whether one of the ways to settle what is open still stands where it stood.
    private Func<bool> WayStays()
    {
        var hadGuard = HasGuard;
        return () => HasGuard == hadGuard && _bill is { Open.Cents: > 0 };
    }

    private Func<bool> RowStays(BillLine line) => () => _bill?.Lines.Any(other => other.Id == line.Id && other.Stands) == true;

    private Func<Bill> LatestOf(Bill seen) => () => _bill ?? seen;

    private static Money LeftOf(BillLine line, Bill now) => now.Lines.Single(other => other.Id == line.Id).Left;
}
