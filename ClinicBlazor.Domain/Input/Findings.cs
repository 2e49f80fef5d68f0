namespace ClinicBlazor.Domain.Input;

/// <summary>Collects what is wrong with an input, field by field.</summary>
internal sealed class Findings
{
    private readonly List<FieldError> found = [];

    /// <summary>True when nothing was found.</summary>
    public bool IsEmpty => found.Count == 0;

    /// <summary>What was found, as the answer of an operation.</summary>
    public Error Error => Error.Invalid(found);

    /// <summary>Adds a finding.</summary>
    public Findings Add(string field, Message message)
    {
        found.Add(new FieldError(field, message));
        return this;
    }

    /// <summary>Adds a finding unless the rule holds.</summary>
    public Findings Check(bool holds, string field, Message message) => holds ? this : Add(field, message);

    /// <summary>Asks for some text of at most <paramref name="longest"/> characters.</summary>
    public Findings Text(string text, string field, int longest, Message missing) =>
        Check(text.Length > 0, field, missing).Check(text.Length <= longest, field, new Message("Use at most {0} characters.", longest));

    /// <summary>Asks for a person's name, or none, of at most <paramref name="longest"/> characters.</summary>
    public Findings Name(string name, string field, int longest)
    {
        var problem = PersonName.ProblemOf(name);
        return (problem is null ? this : Add(field, problem))
            .Check(name.Length <= longest, field, new Message("Use at most {0} characters.", longest));
    }
}
