namespace ClinicBlazor.Domain.Kernel;

/// <summary>
/// Names one act that somebody means to do once. It is made when a form opens: whatever the form sends until it has
/// succeeded, by a double click, a held key or a retry, carries the same one and is done once.
/// </summary>
/// <param name="Value">Made by whoever opens the form.</param>
public readonly record struct CommandId(Guid Value)
{
    /// <summary>A fresh one.</summary>
    public static CommandId New() => new(Guid.CreateVersion7());
}
