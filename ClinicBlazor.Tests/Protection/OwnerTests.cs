using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Protection;

/// <summary>A sealed value opens for its owner alone, whatever the database says whose row it is.</summary>
[Trait("Requirement", "S4-05")]
public abstract class OwnerTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : OwnerTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : OwnerTests(clinic), IClassFixture<PostgresClinic>;

    private DomainHost Host => clinic.Host;

    [Fact]
    public async Task Record_GivenToAnotherPatientBySql_OpensForNobodyAndIsAudited()
    {
        var (carol, bob) = (await clinic.People.AddPatientAsync(), await clinic.People.AddPatientAsync());
        var recordId = await clinic.People.AddRecordAsync(carol.PatientId!.Value, carol, "Words about heliotrope.");

        await new Intruder(Host).ForceAsync("UPDATE \"MedicalRecords\" SET \"PatientId\" = @p0 WHERE \"Id\" = @p1", bob.PatientId!.Value,
            recordId);
        var asBob = await clinic.People.ActorAsync(bob);
        var fault = await Assert.ThrowsAsync<SealBrokenException>(() => Host.Get<RecordService>().GetAsync(asBob, recordId, default));
        var row = Assert.Single((await Host.Get<RecordService>().ListAsync(asBob, bob.PatientId.Value, null, default)).Value.Items);
        Assert.Equal((RecordPhase.Unreadable, "", null), (row.Phase, row.Symptoms, row.Diagnosis));

        Assert.DoesNotContain("heliotrope", fault.ToString(), StringComparison.Ordinal);
        await using var db = await Host.OpenAsync();
        var entries = await db.Set<AuditEntry>().Where(row => row.AccountId == bob.AccountId && row.Act == AuditAct.SealBroken)
            .OrderBy(row => row.Id).ToListAsync();
        Assert.Equal([recordId, recordId], entries.Select(entry => entry.RecordId));
        Assert.All(entries,
            entry => Assert.Equal((AuditOutcome.Failed, AuditLevel.Error, bob.PatientId), (entry.Outcome, entry.Level, entry.PatientId)));
    }

    [Fact]
    public async Task Draft_GivenToAnotherAuthorBySql_OpensForNobody()
    {
        var patientId = await clinic.People.AddChartAsync();
        var (author, colleague) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Doctor));
        await clinic.People.AssignAsync(author, patientId);
        await clinic.People.AssignAsync(colleague, patientId);
        var drafts = Host.Get<DraftService>();
        await drafts.SaveAsync(await clinic.People.ActorAsync(author), patientId, DraftService.NewRecordForm, "not for others", default);

        await new Intruder(Host).ForceAsync("UPDATE \"Drafts\" SET \"AuthorId\" = @p0 WHERE \"AuthorId\" = @p1", colleague.AccountId,
            author.AccountId);

        var other = await clinic.People.ActorAsync(colleague);
        await Assert.ThrowsAsync<SealBrokenException>(() => drafts.FindAsync(other, patientId, DraftService.NewRecordForm, default));
    }

    [Fact]
    public async Task Start_OnADatabaseOfTheFirstVersion_BindsEverythingAndForgetsTheOldKey()
    {
        await using var host = await DomainHost.StartAsync(Host.Kind);
        var chart = await SealedChart.AddAsync(host);
        var before = await chart.ReadAsync();
        var oldKey = await FirstVersion.RestoreAsync(host);

        await using (var instance = await host.StartAgainAsync())
        {
            Assert.Equal(before, await chart.ReadAsync(instance));
        }

        await using var db = await host.OpenAsync();
        Assert.False(await db.Set<DataKey>()
            .AnyAsync(key => key.Id == oldKey || key.Purpose == KeyPurpose.Field || key.Purpose == KeyPurpose.OwnedFieldInUpgrade));
        Assert.False(await db.Set<KeyRotation>().AnyAsync(row => row.FinishedAt == null));
    }

    [Fact]
    public async Task Start_AfterAnUpgradeThatWasBrokenOff_GoesOnWithIt()
    {
        await using var host = await DomainHost.StartAsync(Host.Kind);
        var chart = await SealedChart.AddAsync(host);
        var before = await chart.ReadAsync();
        await FirstVersion.RestoreAsync(host);
        var intruder = new Intruder(host);
        var records = await intruder.QueryAsync("SELECT \"Id\", \"Symptoms\" FROM \"MedicalRecords\" ORDER BY \"Id\"");

        // Somewhere between the tables the database refuses, as it would for a process that is gone.
        await intruder.ExecuteAsync(host.Kind == DatabaseKind.Sqlite
            ? "CREATE TRIGGER \"Stop\" BEFORE UPDATE ON \"SigningKeys\" BEGIN SELECT RAISE(ABORT, 'stop'); END"
            : "CREATE TRIGGER \"Stop\" BEFORE UPDATE ON \"SigningKeys\" FOR EACH ROW EXECUTE FUNCTION clinic_refuse('stop')");
        await Assert.ThrowsAnyAsync<Exception>(() => host.StartAgainAsync());
        Assert.NotEqual(records, await intruder.QueryAsync("SELECT \"Id\", \"Symptoms\" FROM \"MedicalRecords\" ORDER BY \"Id\""));
        await intruder.ExecuteAsync(
            host.Kind == DatabaseKind.Sqlite ? "DROP TRIGGER \"Stop\"" : "DROP TRIGGER \"Stop\" ON \"SigningKeys\"");

        await using var instance = await host.StartAgainAsync();
        Assert.Equal(before, await chart.ReadAsync(instance));
    }

    [Fact]
    public async Task Start_WithAnOldKeyAndAnOldValuePutBack_ReadsNeither()
    {
        await using var host = await DomainHost.StartAsync(Host.Kind);
        var chart = await SealedChart.AddAsync(host);
        await FirstVersion.RestoreAsync(host);
        var intruder = new Intruder(host);
        var oldKey = (await intruder.QueryAsync("SELECT \"Id\", \"CreatedAt\", \"Wrapped\" FROM \"DataKeys\" WHERE \"Purpose\" = 'Field'"))
            .Single();
        var oldWords = (await intruder.QueryAsync("SELECT \"Symptoms\" FROM \"MedicalRecords\" WHERE \"Id\" = @p0", chart.Signed))
            .Single()[0];
        await (await host.StartAgainAsync()).DisposeAsync();

        await intruder.ExecuteAsync(
            "INSERT INTO \"DataKeys\" (\"Id\", \"Purpose\", \"CreatedAt\", \"Wrapped\") VALUES (@p0, 'Field', @p1, @p2)", oldKey[0],
            oldKey[1], oldKey[2]);
        await intruder.ForceAsync("UPDATE \"MedicalRecords\" SET \"Symptoms\" = @p0 WHERE \"Id\" = @p1", oldWords, chart.Signed);

        await using var instance = await host.StartAgainAsync();
        await Assert.ThrowsAsync<SealBrokenException>(() => chart.ReadAsync(instance));
        Assert.Equal(oldWords,
            (await intruder.QueryAsync("SELECT \"Symptoms\" FROM \"MedicalRecords\" WHERE \"Id\" = @p0", chart.Signed)).Single()[0]);
    }
}
