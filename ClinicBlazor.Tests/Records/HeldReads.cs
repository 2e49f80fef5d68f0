using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClinicBlazor.Tests.Records;

/// <summary>
/// Holds reads of a record until a test lets them go: its words are read by then, and its addenda come last. Nothing else waits
/// meanwhile.
/// </summary>
internal sealed class HeldReads : DbCommandInterceptor
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
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("FROM \"Addenda\"", StringComparison.Ordinal) && next.TryDequeue(out var gate))
        {
            await gate.Task;
        }

        return result;
    }
}
