using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Tests.Data;

/// <summary>What a start reads in plain SQL is what EF Core reads.</summary>
[Trait("Requirement", "S2-15")]
public sealed class EarlyReadsTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reads_OfEveryKind_AgreeWithTheModel(DatabaseKind kind)
    {
        await using var host = await DomainHost.StartAsync(kind);
        await host.Get<DataProtectionKeyStore>().AddAsync("first", "<key id='1'/>", CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Get<DataProtectionKeyStore>().AddAsync("second", "<key id='2'/>", CancellationToken.None);
        var early = host.Database.Early;
        await using var db = await host.OpenAsync();

        Assert.Equal(await db.Database.GetAppliedMigrationsAsync(), (await early.MigrationsAsync(CancellationToken.None)).Order(StringComparer.Ordinal));
        Assert.Equal(
            await db.DataKeys.OrderBy(key => key.Id).Select(key => $"{key.Id} {key.Purpose} {Convert.ToHexString(key.Wrapped)}").ToListAsync(),
            (await early.DataKeysAsync(CancellationToken.None)).Select(key => $"{key.Id} {key.Purpose} {Convert.ToHexString(key.Wrapped)}"));
        Assert.Equal(
            (await db.DataProtectionKeys.OrderBy(key => key.CreatedAt).ToListAsync()).Select(key => (key.Id, key.Xml)),
            await early.DataProtectionKeysAsync(CancellationToken.None));
        Assert.True(await early.HasDataKeysAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task HasAccounts_EmptyDemoAndOwn_TellsThemApart(DatabaseKind kind)
    {
        await using var empty = await DomainHost.StartAsync(kind);
        await using var demo = await DomainHost.StartAsync(kind);
        await demo.Get<DemoData>().SeedAsync(CancellationToken.None);
        await using var own = await DomainHost.StartAsync(kind);
        await own.People.AddStaffAsync(Domain.Access.Roles.Doctor);

        Assert.Equal((false, false), await ReadAsync(empty));
        Assert.Equal((true, true), await ReadAsync(demo));
        foreach (var domain in DemoData.Domains)
        {
            await using var one = await DomainHost.StartAsync(kind);
            await one.ArrangeAsync(db => db.Accounts.Add(new Domain.Accounts.Account(Guid.CreateVersion7(), "somebody" + domain, "Sam Body", Domain.Access.Roles.Nurse)));
            Assert.Equal((true, true), await ReadAsync(one));
        }

        Assert.Equal((true, false), await ReadAsync(own));
    }

    [Fact]
    public async Task Migrations_OfAFileThatIsNotThere_AreNoneAndMakeNoFile()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        var early = new EarlyReads(() => new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={host.Settings.SqliteFile}.none;Mode=ReadWrite"));

        Assert.Empty(await early.MigrationsAsync(CancellationToken.None));
        Assert.False(File.Exists(host.Settings.SqliteFile + ".none"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RunAsync_OnADatabaseOfAnEarlierVersion_BringsItToThePresentOne(DatabaseKind kind)
    {
        await using var host = await DomainHost.StartAsync(kind);
        var all = DatabaseStartup.MigrationsFor(kind).Order(StringComparer.Ordinal).ToList();
        await using (var db = await host.OpenAsync())
        {
            await db.GetService<IMigrator>().MigrateAsync(all[0]);
        }

        Assert.Equal([all[0]], (await host.Database.Early.MigrationsAsync(CancellationToken.None)).Order(StringComparer.Ordinal));
        await host.Get<DatabaseStartup>().RunAsync(host.MasterKey, CancellationToken.None);

        Assert.Equal(all, (await host.Database.Early.MigrationsAsync(CancellationToken.None)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public void MigrationsFor_ADatabase_AreThoseThatTheModelFinds(DatabaseKind kind)
    {
        using var db = kind == DatabaseKind.Sqlite ? Architecture.BothModels.NewSqlite("Data Source=:memory:") : Architecture.BothModels.NewPostgres("Host=localhost");

        Assert.Equal(db.Database.GetMigrations(), DatabaseStartup.MigrationsFor(kind).Order(StringComparer.Ordinal));
    }

    private static async Task<(bool Any, bool Demo)> ReadAsync(DomainHost host) =>
        (await host.Database.Early.HasAccountsAsync(CancellationToken.None), await host.Database.Early.HasDemoAccountsAsync(CancellationToken.None));
}
