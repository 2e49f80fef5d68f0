using System.Data.Common;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Tests.Audit.Archives;

/// <summary>The database itself lets an entry go only when it is archived and older than six years by its own clock.</summary>
[Trait("Requirement", "S2-14")]
[Trait("Requirement", "S2-13")]
public abstract class ArchiveTriggerTests(DatabaseKind kind)
{
    private const string Delete = "DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0";

    private const string SayArchived =
        """
        INSERT INTO "AuditArchived" ("Sequence", "EntryId", "EntryMac", "ArchiveNumber")
        SELECT "Sequence", "EntryId", (SELECT "Mac" FROM "AuditEntries" WHERE "Id" = @p0), 1 FROM "AuditSeals" WHERE "EntryId" = @p0
        """;

    public sealed class OnSqlite() : ArchiveTriggerTests(DatabaseKind.Sqlite)
    {
        [Theory]
        [InlineData("INSERT OR REPLACE INTO \"AuditArchives\" SELECT * FROM \"AuditArchives\"")]
        [InlineData("INSERT OR REPLACE INTO \"AuditArchived\" SELECT * FROM \"AuditArchived\"")]
        public Task Execute_ReplacingARow_IsRefused(string statement) => AssertRefusedAsync(statement);
    }

    public sealed class OnPostgres() : ArchiveTriggerTests(DatabaseKind.Postgres)
    {
        [Theory]
        [InlineData("TRUNCATE \"AuditArchives\"")]
        [InlineData("TRUNCATE \"AuditArchived\"")]
        [InlineData("TRUNCATE \"AuditReviews\"")]
        public Task Execute_Truncating_IsRefused(string statement) => AssertRefusedAsync(statement);
    }

    [Theory]
    [InlineData("DELETE FROM \"AuditArchives\"")]
    [InlineData("UPDATE \"AuditArchives\" SET \"Entries\" = 1")]
    [InlineData("DELETE FROM \"AuditArchived\"")]
    [InlineData("UPDATE \"AuditArchived\" SET \"ArchiveNumber\" = 2")]
    public Task Execute_ChangingWhatIsSaidOfAnArchive_IsRefused(string statement) => AssertRefusedAsync(statement);

    [Fact]
    public async Task Execute_DeletingAnOldEntryThatIsInNoArchive_IsRefused()
    {
        await using var host = await ArchiveSamples.StartAsync(kind);
        var entry = (await AuditSamples.WriteAsync(host, 2))[^1];

        await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(host).ExecuteAsync(Delete, entry.EntryId));

        Assert.Contains(await AuditSamples.ReadAsync(host), found => found.Id == entry.EntryId);
    }

    [Fact]
    public async Task Execute_DeletingAnArchivedEntryByAnotherMac_IsRefused()
    {
        await using var host = await ArchiveSamples.StartAsync(kind);
        var chain = await AuditSamples.WriteAsync(host, 3);
        var intruder = new Intruder(host);
        await intruder.ExecuteAsync(SayArchived.Replace("WHERE \"Id\" = @p0)", "WHERE \"Id\" = @p1)", StringComparison.Ordinal),
            chain[^1].EntryId, chain[^2].EntryId);

        await Assert.ThrowsAnyAsync<DbException>(() => intruder.ExecuteAsync(Delete, chain[^1].EntryId));
    }

    [Theory]
    [InlineData(-6, 2, false)]
    [InlineData(-6, -2, true)]
    public async Task Execute_DeletingAnArchivedEntry_IsLetThroughOnlyAfterSixYears(int years, int days, bool goes)
    {
        await using var host = await ArchiveSamples.StartAsync(kind,
            start: TimeProvider.System.GetUtcNow().AddYears(years).AddDays(days));
        var entry = (await AuditSamples.WriteAsync(host, 2))[^1];
        var intruder = new Intruder(host);
        await intruder.ExecuteAsync(SayArchived, entry.EntryId);

        if (!goes)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => intruder.ExecuteAsync(Delete, entry.EntryId));
        }

        Assert.Equal(goes ? 1 : 0, goes ? await intruder.ExecuteAsync(Delete, entry.EntryId) : 0);
        Assert.Equal(!goes, (await AuditSamples.ReadAsync(host)).Any(found => found.Id == entry.EntryId));
    }

    [Fact]
    public async Task ArchiveAsync_WithAClockThatRunsAhead_LeavesWhatIsYoungerThanSixYears()
    {
        await using var host = await ArchiveSamples.StartAsync(kind, start: TimeProvider.System.GetUtcNow().AddYears(-2));
        await AuditSamples.WriteAsync(host, 2);
        var before = await AuditSamples.ReadAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(366 * 8));

        await Assert.ThrowsAnyAsync<DbException>(() => ArchiveSamples.ArchiveAsync(host));

        Assert.Equal(before.Select(entry => entry.Id), (await AuditSamples.ReadAsync(host)).Select(entry => entry.Id));
        Assert.Empty((await ArchiveSamples.ReadAsync(host)).Archives);
    }

    [Fact]
    public async Task Execute_DeletingTheListOfAnEntryThatIsThere_IsRefused()
    {
        await using var host = await ArchiveSamples.StartAsync(kind);
        var entry = await AuditSamples.WriteListAsync(host, host.Clock.NewId());
        await AuditSamples.SealAsync(host);
        var intruder = new Intruder(host);
        await intruder.ExecuteAsync(SayArchived, entry);

        await Assert.ThrowsAnyAsync<DbException>(() => intruder.ExecuteAsync("DELETE FROM \"AuditListed\" WHERE \"EntryId\" = @p0", entry));

        await intruder.ExecuteAsync(Delete, entry);
        Assert.Equal(1, await intruder.ExecuteAsync("DELETE FROM \"AuditListed\" WHERE \"EntryId\" = @p0", entry));
    }

    [Fact]
    public async Task RunAsync_OnADatabaseFromBeforeArchives_LetsEntriesGoIntoThem()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        await using (var db = await host.OpenAsync())
        {
            await db.GetService<IMigrator>().MigrateAsync("Documents");
        }

        var victim = (await AuditSamples.ReadAsync(host)).First(entry => entry.Act == AuditAct.RecordRead);
        await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(host).ExecuteAsync(Delete, victim.Id));

        await host.Get<DatabaseStartup>().RunAsync(host.MasterKey, CancellationToken.None);

        Assert.True(await ArchiveSamples.ArchiveAsync(host) > 0);
        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
    }

    private protected async Task AssertRefusedAsync(string statement)
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        await ArchiveSamples.ArchiveAsync(host);

        await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(host).ExecuteAsync(statement));

        await AuditSamples.SealAsync(host);
        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
    }
}
