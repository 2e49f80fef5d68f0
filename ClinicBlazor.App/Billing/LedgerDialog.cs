using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ClinicBlazor.App.Billing;

/// <summary>What is typed to give money back, or to let go of what is open.</summary>
/// <param name="Amount">How much, as it is typed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Seen">How many entries the ledger had that was seen.</param>
public sealed record AmountAndReason(string Amount, string Reason, int Seen);

/// <summary>What is chosen to pay in parts.</summary>
/// <param name="Parts">In how many.</param>
/// <param name="Seen">How many entries the ledger had that was seen.</param>
public sealed record ChosenPlan(int Parts, int Seen);

/// <summary>
/// Asks for what one entry of a ledger needs, and closes once it was entered. What is wrong stands beside its field, and what was
/// typed stays.
/// </summary>
/// <typeparam name="TInput">What is typed.</typeparam>
public abstract class LedgerDialog<TInput> : ComponentBase, IDisposable
{
    /// <summary>The keyboard of a touch screen for an amount.</summary>
    protected const InputMode AmountKeys = InputMode.@decimal;

    private IReadOnlyList<FieldProblem> _problems = [];

    /// <summary>Enters it; answers with what is wrong beside the names of the fields, or with nothing when it is done.</summary>
    [Parameter, EditorRequired]
    public Func<CommandId, TInput, Task<IReadOnlyList<FieldProblem>>> Do { get; set; } = null!;

    /// <summary>The bill as it was read last.</summary>
    [Parameter, EditorRequired]
    public Func<Bill> Latest { get; set; } = null!;

    /// <summary>The dialog around it.</summary>
    [CascadingParameter]
    protected IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Names the one entry that this dialog makes.</summary>
    protected FormCommand Command { get; } = new();

    /// <summary>The bill that the person goes by: as it stood when the dialog opened, or when the last press was answered.</summary>
    protected Bill Seen { get; private set; } = null!;

    /// <summary>What was typed.</summary>
    protected abstract TInput Input { get; }

    /// <summary>The fields that it shows. What is wrong with none of them is said at the first.</summary>
    protected abstract IReadOnlyList<string> Fields { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Seen = Latest();

    /// <summary>Lets go of what the dialog holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            (Do, Latest, Seen, _problems) = (null!, null!, null!, []);
        }
    }

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    protected string? ProblemOf(string field) =>
        _problems.FirstOrDefault(problem => problem.FieldId == field || (field == Fields[0] && !Fields.Contains(problem.FieldId)))?.Text;

    /// <summary>Sends what was typed.</summary>
    protected async Task SendAsync(CommandId command)
    {
        var latest = Latest;
        _problems = await Do(command, Input);
        if (_problems.Count == 0)
        {
            Dialog.Close(DialogResult.Ok(true));
            return;
        }

        // What is wrong was said by this one, and so is what the next press goes by.
        Seen = latest();
    }
}
