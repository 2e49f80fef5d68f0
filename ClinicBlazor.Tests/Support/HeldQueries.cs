using System.Data.Common;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Support;

/// <summary>Makes questions to one table slow, or lets them fail, when a test says so.</summary>
internal sealed class HeldQueries : DbCommandInterceptor
{
    private (string Table, Func<CancellationToken, Task> Act)? next;

    /// <summary>A clinic of its own in which this can happen.</summary>
    public Task<DomainHost> StartAsync(DatabaseKind kind) => DomainHost.StartAsync(kind, Join);

    /// <summary>Has the contexts of a clinic ask here first.</summary>
    public void Join(IServiceCollection services) => services
        .ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(this))
        .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(this));

    /// <summary>True while something should still happen.</summary>
    public bool Waits => next is not null;

    /// <summary>
    /// The next question to a table waits until the first is completed, or its asker gives up; the second tells that it waits.
    /// </summary>
    public (TaskCompletionSource Go, Task Reached) HoldNext(string table)
    {
        var (go, reached) = (NewSource(), NewSource());
        next = (table, WaitAsync);
        return (go, reached.Task);

        Task WaitAsync(CancellationToken ct)
        {
            reached.SetResult();
            return go.Task.WaitAsync(ct);
        }
    }

    /// <summary>The next question to a table fails.</summary>
    public void FailNext(string table) =>
        next = (table, _ => throw new InvalidOperationException("The database is out of reach just now."));

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
    {
        if (next is { } held && command.CommandText.Contains($"FROM \"{held.Table}\"", StringComparison.Ordinal))
        {
            next = null;
            await held.Act(cancellationToken);
        }

        return result;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
