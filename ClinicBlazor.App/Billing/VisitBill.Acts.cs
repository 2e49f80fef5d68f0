using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using MudBlazor;

namespace ClinicBlazor.App.Billing;

/// <summary>What is entered into the ledger of a visit from its page.</summary>
public sealed partial class VisitBill
{
    private const int ShortPlan = 3;

    private Guid PatientId => Chart.Patient.Id;

    private async Task ChargeAsync()
    {
        if (await RunAsync(async ct => await reader.PricesAsync(await Current.GetAsync(ct), ct)) is { IsSuccess: true } prices)
        {
            await dialogs.AskAsync<ChargeDialog, bool>(new DialogParameters<ChargeDialog>
            {
                { dialog => dialog.Prices, prices.Value },
                {
                    dialog => dialog.Do,
                    (command, price) => EnterAsync(command, (actor, ct) => billing.AddChargeAsync(actor, PatientId, VisitId, price, ct))
                },
            }, Gone);
        }
    }

    private Task<bool> PayAsync() => dialogs.AskAsync<PaymentDialog, bool>(new DialogParameters<PaymentDialog>
    {
        { dialog => dialog.Open, _bill!.Open },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command, (actor, ct) => billing.TakePaymentAsync(actor, PatientId, VisitId, input, ct))
        },
    }, Gone);

    private Task<bool> ApproveAsync() => dialogs.AskAsync<ApprovalDialog, bool>(new DialogParameters<ApprovalDialog>
    {
        { dialog => dialog.Open, _bill!.Open },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command, (actor, ct) => clearances.ApproveAsync(actor, PatientId, VisitId, input, ct))
        },
    }, Gone);

    private Task<bool> PlanAsync() => dialogs.AskAsync<PlanDialog, bool>(new DialogParameters<PlanDialog>
    {
        { dialog => dialog.Open, _bill!.Open },
        {
            dialog => dialog.Do,
            (command, parts) => EnterAsync(command, (actor, ct) => clearances.PlanAsync(actor, PatientId, VisitId, parts, ct))
        },
    }, Gone);

    private Task<bool> WaiveAsync() => dialogs.AskAsync<AmountDialog, bool>(new DialogParameters<AmountDialog>
    {
        { dialog => dialog.Title, T["Waive what is open?"].Value },
        { dialog => dialog.Act, T["Waive"].Value },
        { dialog => dialog.Hint, T["{0} is open; what is waived is not asked for again", BillingWords.Shown(_bill!.Open)].Value },
        { dialog => dialog.Most, _bill!.Open },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command,
                (actor, ct) => billing.WaiveAsync(actor, PatientId, VisitId, input.Amount, input.Reason, ct))
        },
    }, Gone);

    private Task<bool> TakeBackAsync(BillLine line) => line.Kind switch
    {
        LedgerKind.Charge => AskWhyAsync(
            T["Reverse entry no. {0}?", line.Number],
            T["The charge is taken back. What was paid for it is owed back then."],
            T["Reverse"],
            (command, reason) => EnterAsync(command,
                (actor, ct) => billing.ReverseChargeAsync(actor, PatientId, VisitId, line.Id, reason, ct))),
        LedgerKind.Approval => AskWhyAsync(
            T["Withdraw entry no. {0}?", line.Number],
            T["The visit is stopped again unless something else clears it."],
            T["Withdraw"],
            (command, reason) => EnterAsync(command,
                (actor, ct) => clearances.WithdrawApprovalAsync(actor, PatientId, VisitId, line.Id, reason, ct))),
        _ => RefundAsync(line),
    };

    private Task<bool> RefundAsync(BillLine line) => dialogs.AskAsync<AmountDialog, bool>(new DialogParameters<AmountDialog>
    {
        { dialog => dialog.Title, T["Give money of entry no. {0} back?", line.Number].Value },
        { dialog => dialog.Act, T["Refund"].Value },
        { dialog => dialog.Hint, T["{0} of it is left; what is given back is open again", BillingWords.Shown(line.Left)].Value },
        { dialog => dialog.Most, line.Left },
        {
            dialog => dialog.Do,
            (command, input) => EnterAsync(command,
                (actor, ct) => billing.RefundAsync(actor, PatientId, VisitId, line.Id, input.Amount, input.Reason, ct))
        },
    }, Gone);

    private Task<bool> OverrideAsync() => AskWhyAsync(
        T["Go on without clearance?"],
        T["The consultation can start. Your reason stays in the ledger and in the audit trail."],
        T["Go on without clearance"],
        async (command, reason) =>
        {
            await ActWithProofAsync(command, (actor, ct) => clearances.OverrideAsync(actor, PatientId, VisitId, reason, ct));
            return await ProblemsAsync();
        });

    private Task DeferAsync(CommandId command) => DoAsync(command, (actor, ct) => clearances.DeferAsync(actor, PatientId, VisitId, ct));

    private Task PlanShortAsync(CommandId command) =>
        DoAsync(command, (actor, ct) => clearances.PlanAsync(actor, PatientId, VisitId, ShortPlan, ct));

    private Task MarkEmergencyAsync(CommandId command) =>
        DoAsync(command, (actor, ct) => clearances.MarkEmergencyAsync(actor, PatientId, VisitId, ct));

    // What one press does: a refusal stands on the page.
    private async Task DoAsync(CommandId command, Func<Actor, CancellationToken, Task<Result<Guid>>> act)
    {
        await ActAsync(command, act);
        await _live!.ReadAsync();
    }

    // What a dialog sends: what is wrong with its fields stands in the dialog.
    private async Task<IReadOnlyList<FieldProblem>> EnterAsync(CommandId command, Func<Actor, CancellationToken, Task<Result<Guid>>> act)
    {
        await ActAsync(command, act);
        return await ProblemsAsync();
    }

    private async Task<IReadOnlyList<FieldProblem>> ProblemsAsync()
    {
        IReadOnlyList<FieldProblem> problems = Refusal switch
        {
            { Kind: ErrorKind.Invalid } refusal =>
                [.. refusal.Fields.Select(field => new FieldProblem(field.Field, T[field.Message.Text, field.Message.Args]))],
            { Kind: ErrorKind.StepUpNeeded } => [new FieldProblem("Reason", T["Nothing was done: the fresh proof is missing."])],
            _ => [],
        };
        if (problems.Count > 0)
        {
            ClearRefusal();
        }

        await _live!.ReadAsync();
        return problems;
    }

    private Task<bool> AskWhyAsync(
        string title, string text, string act, Func<CommandId, string, Task<IReadOnlyList<FieldProblem>>> enter) =>
        dialogs.AskAsync<ReasonDialog, bool>(new DialogParameters<ReasonDialog>
        {
            { dialog => dialog.Title, title },
            { dialog => dialog.Text, text },
            { dialog => dialog.Act, act },
            { dialog => dialog.Do, async (command, reason) => (await enter(command, reason)) is [var problem, ..] ? problem.Text : null },
        }, Gone);
}
