using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClinicBlazor.Tests.Records;

/// <summary>
/// Makes reads of records slow: each one that was asked for waits when all of it is done and audited, so that nothing
/// below the page can notice any more that it was overtaken.
/// </summary>
internal sealed class HeldReads : SaveChangesInterceptor
{
    private readonly Queue<TaskCompletionSource> next = new();

    /// <summary>The next read waits until this is completed.</summary>
    public TaskCompletionSource HoldNext()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        next.Enqueue(gate);
        return gate;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result,
        CancellationToken cancellationToken = default)
    {
        var isRead = eventData.Context!.ChangeTracker.Entries<AuditEntry>().Any(entry => entry.Entity.Act == AuditAct.RecordRead);
        if (isRead && next.TryDequeue(out var gate))
        {
            await gate.Task;
        }

        return result;
    }
}
