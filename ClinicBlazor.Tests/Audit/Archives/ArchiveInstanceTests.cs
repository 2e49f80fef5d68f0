using System.Data.Common;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Audit.Archives;

/// <summary>Several instances archive one trail, whenever each of them begins.</summary>
[Trait("Requirement", "S2-14")]
[Trait("Requirement", "S2-15")]
public abstract class ArchiveInstanceTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : ArchiveInstanceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : ArchiveInstanceTests(DatabaseKind.Postgres);

    [Fact]
    public async Task ArchiveAsync_OfTwoInstancesAtOnce_MakesOneArchive()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        await using var other = await host.StartAgainAsync();
        var archivers = new[] { host.Get<AuditArchiver>(), other.GetRequiredService<AuditArchiver>() };

        var counts = await Task.WhenAll(archivers.Select(archiver => Task.Run(() => archiver.ArchiveAsync(CancellationToken.None))));

        var archive = Assert.Single((await ArchiveSamples.ReadAsync(host)).Archives);
        Assert.Equal(archive.Entries, counts.Sum());
        Assert.Single(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AuditArchived);
        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
    }

    [Theory]
    [InlineData("FROM \"AuditEntries\"")]
    [InlineData("FROM \"AuditListed\"")]
    [InlineData("FROM \"AuditSeals\"")]
    public async Task ArchiveAsync_WhileAnotherInstanceTakesTheEntriesAway_TakesThatForNoFinding(string question)
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        var meanwhile = new Meanwhile(question, () => ArchiveSamples.ArchiveAsync(host));
        await using var other = await host.StartAgainAsync(services => services
            .ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(meanwhile))
            .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(meanwhile)));
        meanwhile.Begin();

        Assert.Equal(0, await other.GetRequiredService<AuditArchiver>().ArchiveAsync(CancellationToken.None));

        Assert.True(meanwhile.WasDone);
        Assert.Single((await ArchiveSamples.ReadAsync(host)).Archives);
        Assert.Equal(AuditOutcome.Done,
            Assert.Single(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AuditArchived).Outcome);
        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
    }

    /// <summary>Does something just before the first question of a kind is answered.</summary>
    private sealed class Meanwhile(string question, Func<Task> act) : DbCommandInterceptor
    {
        private bool waits;

        /// <summary>Whether it was done.</summary>
        public bool WasDone { get; private set; }

        /// <summary>From now on.</summary>
        public void Begin() => waits = true;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
                CancellationToken cancellationToken = default)
        {
            if (waits && command.CommandText.Contains(question, StringComparison.Ordinal))
            {
                waits = false;
                await act();
                WasDone = true;
            }

            return result;
        }
    }
}
