using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>What lies in the database of alerts: who reaches it, and what the database itself refuses.</summary>
[Trait("Requirement", "S4-10")]
public abstract class AlertStorageTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : AlertStorageTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AlertStorageTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private AlertService Alerts => Host.Get<AlertService>();

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Alerts_InALeaseOfAnybodyElse_AreOutOfReach()
    {
        await AttackAsync(Guid.CreateVersion7());
        var administrator = await AdministratorAsync();

        foreach (var line in AccessPolicy.Table.Where(line => administrator.May(line.Permission)))
        {
            var seen = await Host.Gate.RunAsync<int>(administrator, new AccessRequest(line.Permission, AuditAct.PageOpened),
                async db => await db.Set<Alert>().CountAsync(), default);
            Assert.Equal(line.Permission is Permission.AlertRead or Permission.AlertAcknowledge ? 1 : 0, seen.Value);
        }

        foreach (var role in RolesExtensions.All.Except([Roles.Administrator]))
        {
            var person = await Host.People.ActorAsync(role == Roles.Patient ? await Host.People.AddPatientAsync()
                : await Host.People.AddStaffAsync(role));
            Assert.Equal(ErrorKind.Denied, (await Alerts.ListAsync(person, new(), default)).Error?.Kind);
            Assert.Equal(ErrorKind.Denied, (await Alerts.CountOpenAsync(person, default)).Error?.Kind);
        }
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task Note_InTheDatabase_IsSealed()
    {
        var alert = await AttackAsync(Guid.CreateVersion7());
        await Alerts.AcknowledgeAsync(await AdministratorAsync(), alert.Id, "A heliotrope note", default);

        var stored = Assert.IsType<byte[]>((await new Intruder(Host)
            .QueryAsync("SELECT \"Note\" FROM \"Alerts\" WHERE \"Id\" = @p0", alert.Id))[0][0]);

        Assert.True(stored.AsSpan().IndexOf("heliotrope"u8) < 0);
    }

    [Theory]
    [Trait("Requirement", "S2-13")]
    [InlineData(false, "DELETE FROM \"Alerts\" WHERE \"Id\" = @p0")]
    [InlineData(false, "UPDATE \"Alerts\" SET \"Kind\" = 'Denials' WHERE \"Id\" = @p0")]
    [InlineData(false, "UPDATE \"Alerts\" SET \"Key\" = 'nobody' WHERE \"Id\" = @p0")]
    [InlineData(false, "UPDATE \"Alerts\" SET \"AccountId\" = \"Id\" WHERE \"Id\" = @p0")]
    [InlineData(false, "UPDATE \"Alerts\" SET \"SubjectId\" = \"Id\" WHERE \"Id\" = @p0")]
    [InlineData(false, "UPDATE \"Alerts\" SET \"Address\" = '' WHERE \"Id\" = @p0")]
    [InlineData(false, "UPDATE \"Alerts\" SET \"Act\" = NULL WHERE \"Id\" = @p0")]
    [InlineData(true, "DELETE FROM \"Alerts\" WHERE \"Id\" = @p0")]
    [InlineData(true, "UPDATE \"Alerts\" SET \"FirstAt\" = \"AcknowledgedAt\" WHERE \"Id\" = @p0")]
    [InlineData(true, "UPDATE \"Alerts\" SET \"AcknowledgedAt\" = NULL, \"AcknowledgedBy\" = NULL, \"Note\" = NULL WHERE \"Id\" = @p0")]
    [InlineData(true, "UPDATE \"Alerts\" SET \"AcknowledgedBy\" = \"Id\" WHERE \"Id\" = @p0")]
    [InlineData(true, "UPDATE \"Alerts\" SET \"Count\" = 1 + \"Count\" WHERE \"Id\" = @p0")]
    [InlineData(true, "UPDATE \"Alerts\" SET \"LastAt\" = \"AcknowledgedAt\" WHERE \"Id\" = @p0")]
    public async Task Alert_ChangedPastTheApplication_IsRefusedByTheDatabase(bool acknowledged, string statement)
    {
        var alert = await AttackAsync(Guid.CreateVersion7());
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        if (acknowledged)
        {
            await Host.AcknowledgeAsync(alert);
        }

        var before = Assert.Single(await Host.AlertsAsync());

        await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(Host).ExecuteAsync(statement, alert.Id));

        Assert.Equal((before.Kind, before.Key, before.Count, before.AcknowledgedBy),
            Assert.Single((await Host.AlertsAsync()).Select(row => (row.Kind, row.Key, row.Count, row.AcknowledgedBy))));
    }

    private async Task<Actor> AdministratorAsync() => await Host.People.ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));

    private async Task<Alert> AttackAsync(Guid account)
    {
        await Host.DoAndJudgeAsync(new Deed(AuditAct.AttackInputSeen) { By = account });
        return (await Host.AlertsOfAsync(account)).Single();
    }
}
