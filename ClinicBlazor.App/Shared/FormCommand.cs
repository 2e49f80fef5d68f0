using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// Names what a form does, so that it is done once. The name is bound to the button as it was drawn: a click that was on
/// its way when the form had done its work already still carries the old name, and is answered like the first one.
/// </summary>
public sealed class FormCommand
{
    private CommandId _id;

    /// <summary>Begins with a form that has just opened.</summary>
    public FormCommand()
        : this(CommandId.New())
    {
    }

    /// <summary>Begins with a form that was opened before: what was typed into it, and its name, come from a draft.</summary>
    public FormCommand(CommandId id) => _id = id;

    /// <summary>True while the form is at work; its buttons are disabled then.</summary>
    public bool Busy { get; private set; }

    /// <summary>What a button does, by the present name. One thing at a time: what is pressed meanwhile is the same again.</summary>
    public Func<Task> Once(Func<CommandId, Task> act)
    {
        var id = _id;
        return () => RunAsync(act, id);
    }

    /// <summary>The form has done its work and stays open: what it does next is something else.</summary>
    public void Renew() => _id = CommandId.New();

    private async Task RunAsync(Func<CommandId, Task> act, CommandId id)
    {
        if (Busy)
        {
            return;
        }

        Busy = true;
        try
        {
            await act(id);
        }
        finally
        {
            Busy = false;
        }
    }
}
