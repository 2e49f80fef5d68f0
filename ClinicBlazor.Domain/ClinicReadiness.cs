namespace ClinicBlazor.Domain;

/// <summary>
/// Whether the clinic has started: the database is migrated and the keys are loaded. The program listens before that, so
/// that both take their time side by side; whatever needs the database waits here.
/// </summary>
public sealed class ClinicReadiness
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once the clinic has started.</summary>
    public bool IsReached => reached.Task.IsCompleted;

    /// <summary>Lets everything go on that waits.</summary>
    public void Reach() => reached.TrySetResult();

    /// <summary>Waits for the start. Throws <see cref="OperationCanceledException"/> when <paramref name="ct"/> is quicker.</summary>
    public Task WaitAsync(CancellationToken ct) => reached.Task.WaitAsync(ct);
}
