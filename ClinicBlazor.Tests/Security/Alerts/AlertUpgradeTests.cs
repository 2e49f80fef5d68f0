using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>A clinic from before there were alerts begins with none, and is watched from then on.</summary>
[Trait("Requirement", "S4-10")]
public abstract class AlertUpgradeTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : AlertUpgradeTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AlertUpgradeTests(DatabaseKind.Postgres);

    [Fact]
    public async Task Trail_FromBefore_RaisesNothingAndWhatComesThenDoes()
    {
        await using var host = await DomainHost.StartAsync(kind);
        await host.DoAsync(new Deed(AuditAct.AttackInputSeen) { By = Guid.CreateVersion7() }.Times(20));
        await host.Get<AuditSealer>().SealPendingAsync(default);
        await TakeBackAsync(host);
        await host.Get<DatabaseStartup>().RunAsync(host.MasterKey, default);

        await host.JudgeAsync();
        Assert.Empty(await host.AlertsAsync());

        await host.DoAndJudgeAsync(new Deed(AuditAct.AttackInputSeen) { By = Guid.CreateVersion7() });
        Assert.Equal(AlertKind.AttackInput, Assert.Single(await host.AlertsAsync()).Kind);
    }

    /// <summary>Takes the database back to the migration before that of the alerts.</summary>
    private static async Task TakeBackAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        List<string> all = [.. db.Database.GetMigrations()];
        await db.GetService<IMigrator>().MigrateAsync(all[all.FindIndex(name => name.EndsWith("_Alerts", StringComparison.Ordinal)) - 1]);
    }
}
