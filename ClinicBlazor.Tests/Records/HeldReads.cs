using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClinicBlazor.Tests.Records;

/// <summary>Makes reads of records slow: each one that was asked for waits, its answer in hand, until it is let go.</summary>
internal sealed class HeldReads : DbCommandInterceptor
{
    private readonly Queue<TaskCompletionSource> next = new();

    /// <summary>The next read waits until the answer of this is completed; that it was cancelled meanwhile it does not notice.</summary>
    public TaskCompletionSource HoldNext()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        next.Enqueue(gate);
        return gate;
    }

    /// <inheritdoc/>
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("\"MedicalRecords\"", StringComparison.Ordinal) && next.TryDequeue(out var gate))
        {
            await gate.Task;
        }

        return result;
    }
}
