using System.Data.Common;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>A database that does not answer leaves open pages alone for half a minute, and no longer.</summary>
[Trait("Requirement", "S4-02")]
public sealed class CircuitTrustTests
{
    [Fact]
    public async Task Message_WhileTheDatabaseIsOutOfReach_PassesForThirtySecondsAfterTheLastAnswer()
    {
        var outage = new Outage();
        await using var app = await AppHost.StartAsync(configure: builder => builder.Host.UseServiceProviderFactory(new Late(services =>
            services.ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(outage)))));
        await using var circuit = await RawCircuit.ConnectAsync(app,
            await app.OpenSessionAsync("alice@patient.example", HttpVisitor.Client));
        var secret = (await circuit.StartAsync(app))!;
        outage.IsOn = true;

        app.Clock.Advance(TimeSpan.FromSeconds(15));
        var early = await circuit.TakeOverAsync(secret);
        var refusedEarly = outage.Refused;
        app.Clock.Advance(TimeSpan.FromSeconds(16));
        var late = await circuit.TakeOverAsync(secret);
        outage.IsOn = false;

        Assert.True(refusedEarly > 0, "The database was not out of reach.");
        Assert.True(early);
        Assert.False(late);
    }

    /// <summary>Refuses every question while it is on, as a file that cannot be opened does.</summary>
    private sealed class Outage : DbCommandInterceptor
    {
        private const int CannotOpen = 14;
        private int refused;

        public volatile bool IsOn;

        public int Refused => Volatile.Read(ref refused);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
                CancellationToken cancellationToken = default)
        {
            if (!IsOn)
            {
                return ValueTask.FromResult(result);
            }

            Interlocked.Increment(ref refused);
            throw new SqliteException("unable to open database file", CannotOpen);
        }
    }

    /// <summary>Adds to what the application has registered, after it has.</summary>
    private sealed class Late(Action<IServiceCollection> add) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services)
        {
            add(services);
            return services;
        }

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();
    }
}
