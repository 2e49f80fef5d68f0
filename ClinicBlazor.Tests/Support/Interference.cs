using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// Lets something happen after an operation has read and decided, and before it saves: a race whose outcome a test can
/// state, in place of one that happens now and then.
/// </summary>
internal sealed class Interference : SaveChangesInterceptor
{
    private Func<Task>? act;

    /// <summary>A clinic of its own in which this can happen.</summary>
    public Task<DomainHost> StartAsync(DatabaseKind kind, Action<IServiceCollection>? configure = null) =>
        DomainHost.StartAsync(kind, services =>
        {
            services.ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(this))
                .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(this));
            configure?.Invoke(services);
        });

    /// <summary>True once what should happen in between has happened, or nothing should.</summary>
    public bool HasHappened => act is null;

    /// <summary>Takes back what should happen in between; true when it had not happened.</summary>
    public bool TakeBack() => Interlocked.Exchange(ref act, null) is not null;

    /// <summary>Runs <paramref name="interference"/> once, before the next save.</summary>
    public void BeforeNextSave(Func<Task> interference) => act = interference;

    /// <summary>Carries <paramref name="interference"/> out once, before the next save; a refusal of it fails the test.</summary>
    public void BeforeNextSave<T>(Func<Task<Result<T>>> interference) => act = async () =>
    {
        var result = await interference();
        Assert.True(result.IsSuccess, $"What should happen in between was refused: {result.Error?.Kind}.");
    };

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref act, null) is { } now)
        {
            await now();
        }

        return result;
    }
}
