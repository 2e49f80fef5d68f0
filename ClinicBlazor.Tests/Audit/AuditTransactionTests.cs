using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Audit;

/// <summary>An act and its entry are one: both are there or neither is, and what cannot be audited does not happen.</summary>
[Trait("Requirement", "S2-13")]
public abstract class AuditTransactionTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : AuditTransactionTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AuditTransactionTests(DatabaseKind.Postgres);

    [Fact]
    public async Task InviteAsync_WhenTheAccountCannotBeSaved_LeavesNeitherAccountNorEntryNorMail()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        var before = await CountAsync(host);
        await new Intruder(host).BlockInsertsAsync("Accounts");

        await Assert.ThrowsAsync<DbUpdateException>(async () => await host.Get<AccountService>().InviteAsync(
            await host.People.ActorAsync(administrator), "Ingo Invited", "ingo@test.example", Roles.Reception, CancellationToken.None));

        Assert.Equal(before, await CountAsync(host));
        Assert.Empty(await host.SentAsync());
    }

    [Fact]
    public async Task RegisterAsync_WhenTheEntryCannotBeWritten_LeavesNoPatient()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var reception = await host.People.AddStaffAsync(Roles.Reception);
        var before = await CountAsync(host);
        await new Intruder(host).BlockInsertsAsync("AuditEntries");

        await Assert.ThrowsAsync<DbUpdateException>(async () => await host.Get<PatientService>().RegisterAsync(
            await host.People.ActorAsync(reception), new NewPatient("Nele", "Newcomer", "1990-01-01", Sex.Female), CancellationToken.None));

        Assert.Equal(before, await CountAsync(host));
    }

    [Fact]
    public async Task Reads_WhenTheEntryCannotBeWritten_AreRefused()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var doctor = await host.People.AddStaffAsync(Roles.Doctor);
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        var patientId = await host.People.AddChartAsync();
        await host.People.AssignAsync(doctor, patientId);
        var recordId = await host.People.AddRecordAsync(patientId, doctor);
        var (atChart, atAudit) = (await host.People.ActorAsync(doctor), await host.People.ActorAsync(administrator));
        Func<Task>[] reads =
        [
            () => host.Get<RecordService>().GetAsync(atChart, recordId, CancellationToken.None),
            () => host.Get<RecordService>().ListAsync(atChart, patientId, null, CancellationToken.None),
            () => host.Get<PatientService>().GetAsync(atChart, patientId, CancellationToken.None),
            () => host.Get<PatientService>().ListAsync(atChart, new PatientQuery(), CancellationToken.None),
            () => host.Get<AccountService>().ListAsync(atAudit, new AccountQuery(), CancellationToken.None),
            () => host.Get<AuditService>().ListAsync(atAudit, new AuditQuery(), CancellationToken.None),
            () => host.Get<AuditVerifyJob>().StartAsync(atAudit, CancellationToken.None),
            () => host.Get<AuditArchiveService>().ReadAsync(atAudit, CancellationToken.None),
            () => host.Get<AuditReviewService>().ListAsync(atAudit, CancellationToken.None),
        ];
        await new Intruder(host).BlockInsertsAsync("AuditEntries");

        Assert.All(await Task.WhenAll(reads.Select(async read => await Record.ExceptionAsync(read))),
            fault => Assert.IsType<DbUpdateException>(fault));
    }

    [Fact]
    public async Task PasswordAsync_WhenTheEntryCannotBeWritten_OpensNoSession()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var nurse = await host.People.AddStaffAsync(Roles.Nurse);
        var before = await CountAsync(host);
        await new Intruder(host).BlockInsertsAsync("AuditEntries");

        await Assert.ThrowsAsync<DbUpdateException>(() =>
            host.Get<SignInService>().PasswordAsync(Actor.Anonymous(TestPeople.Client), nurse.Email, TestPeople.Password,
                CancellationToken.None));

        Assert.Equal(before, await CountAsync(host));
    }

    private static async Task<(int Accounts, int Sessions, int Tokens, int Patients, int Entries, int Pending)> CountAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return (await db.Set<Account>().CountAsync(), await db.Set<Session>().CountAsync(), await db.Set<AccountToken>().CountAsync(),
            await db.Set<Patient>().CountAsync(), await db.Set<AuditEntry>().CountAsync(), await db.Set<AuditPending>().CountAsync());
    }
}
