using System.Data.Common;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Data;

/// <summary>What a start finds in a database, and makes of it.</summary>
[Trait("Requirement", "S2-15")]
public sealed class DatabaseStartupTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task IsPresentAsync_EmptyDemoAndOwn_AreToldApart(DatabaseKind kind)
    {
        await using var empty = await DomainHost.StartAsync(kind);
        await using var demo = await DomainHost.StartAsync(kind);
        await demo.Get<DemoData>().SeedAsync(CancellationToken.None);
        await using var own = await DomainHost.StartAsync(kind);
        await own.People.AddStaffAsync(Domain.Access.Roles.Doctor);

        Assert.False(await ReadAsync(empty));
        Assert.True(await ReadAsync(demo));
        foreach (var domain in DemoData.Domains)
        {
            await using var one = await DomainHost.StartAsync(kind);
            await one.ArrangeAsync(db => db.Set<Account>()
                .Add(new Account(Guid.CreateVersion7(), "somebody" + domain, "Sam Body", Domain.Access.Roles.Nurse)));
            Assert.True(await ReadAsync(one));
        }

        Assert.False(await ReadAsync(own));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RunAsync_OnADatabaseOfAnEarlierVersion_BringsItToThePresentOne(DatabaseKind kind)
    {
        await using var host = await DomainHost.StartAsync(kind);
        var all = await TakeBackAsync(host);
        Assert.Equal([all[0]], await AppliedAsync(host));
        await host.Get<DatabaseStartup>().RunAsync(host.MasterKey, CancellationToken.None);

        Assert.Equal(all, await AppliedAsync(host));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RunAsync_OfSeveralProcessesAtOnce_TakesNothingBack(DatabaseKind kind)
    {
        await using var host = await DomainHost.StartAsync(kind);
        var all = await TakeBackAsync(host);
        var (step, watch) = (new SlowStep(), new HistoryWatch());

        var processes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.StartAgainAsync(services => services
            .AddSingleton<MigrationStep>(step)
            .ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(watch))
            .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(watch))))));

        Assert.Equal(all, await AppliedAsync(host));
        Assert.Equal((1, 0), (step.Runs, watch.TakenBack));
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task RunAsync_OnAServerWithoutTheDatabase_MakesIt()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Postgres);
        await (await PostgresCluster.GetAsync()).DropDatabaseAsync(host.Settings.ConnectionString!);

        await host.Get<DatabaseStartup>().RunAsync(host.MasterKey, CancellationToken.None);

        Assert.NotEmpty(await AppliedAsync(host));
    }

    /// <summary>Takes a database back to its first migration; answers with all that there are.</summary>
    private static async Task<List<string>> TakeBackAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        List<string> all = [.. db.Database.GetMigrations()];
        await db.GetService<IMigrator>().MigrateAsync(all[0]);
        return all;
    }

    private static Task<bool> ReadAsync(DomainHost host) => host.Get<DemoData>().IsPresentAsync(CancellationToken.None);

    private static async Task<IEnumerable<string>> AppliedAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return await db.Database.GetAppliedMigrationsAsync();
    }

    /// <summary>Work between two migrations that gives other processes the time to come in between.</summary>
    private sealed class SlowStep : MigrationStep
    {
        private int runs;

        public int Runs => runs;

        internal override string After => "PatientWords";

        internal override string Before => "PatientWordsFilled";

        internal override Task RunAsync(ClinicDbContext db, CancellationToken ct)
        {
            Interlocked.Increment(ref runs);
            return Task.Delay(TimeSpan.FromSeconds(1), ct);
        }
    }

    /// <summary>Counts the migrations that are taken back.</summary>
    private sealed class HistoryWatch : DbCommandInterceptor
    {
        private int takenBack;

        public int TakenBack => takenBack;

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData,
            InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("DELETE FROM \"__EFMigrationsHistory\"", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref takenBack);
            }

            return ValueTask.FromResult(result);
        }
    }
}
