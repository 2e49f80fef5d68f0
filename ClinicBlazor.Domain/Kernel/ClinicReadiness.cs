namespace ClinicBlazor.Domain.Kernel;

/// <summary>
/// Whether the clinic has started: the database is migrated and the keys are loaded. Work in the background waits here.
/// </summary>
public sealed class ClinicReadiness
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once the clinic has started.</summary>
    public bool IsReady => reached.Task.IsCompleted;

    /// <summary>Lets everything go on that waits.</summary>
    public void SetReady() => reached.TrySetResult();

    /// <summary>Waits for the start. Throws <see cref="OperationCanceledException"/> when <paramref name="ct"/> is quicker.</summary>
    public Task WaitAsync(CancellationToken ct) => reached.Task.WaitAsync(ct);
}
