using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>What somebody types is one entry when it is begun and one when it goes, however long it takes.</summary>
[Trait("Requirement", "B-06")]
[Trait("Requirement", "S2-13")]
public abstract class DraftAuditTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : DraftAuditTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : DraftAuditTests(clinic), IClassFixture<PostgresClinic>;

    private DraftService Drafts => clinic.Host.Get<DraftService>();

    [Fact]
    public async Task Save_EverySecond_IsOneEntryAndThrowingAwayAnother()
    {
        var patient = await clinic.People.AddPatientAsync();
        DateTimeOffset? saved = null;
        for (var i = 0; i < 20; i++)
        {
            saved = (await Drafts.SaveAsync(await clinic.People.ActorAsync(patient), patient.PatientId!.Value, "form", $"It hurts {i}",
                default)).Value;
        }

        await Drafts.DiscardAsync(await clinic.People.ActorAsync(patient), patient.PatientId!.Value, "form", saved, default);

        Assert.Equal([AuditAct.DraftKept, AuditAct.DraftEnded], await ActsAsync(patient));
    }

    [Fact]
    public async Task Describe_WithADraft_EndsItWithAnEntry()
    {
        var patient = await clinic.People.AddPatientAsync();
        var actor = await clinic.People.ActorAsync(patient);
        var draft = (await Drafts.SaveAsync(actor, patient.PatientId!.Value, DraftService.NewRecordForm, "It hurts", default)).Value;

        await clinic.Host.Get<RecordService>()
            .DescribeAsync(actor, patient.PatientId.Value, new ProblemDescription("It hurts.") { Draft = draft }, default);

        Assert.Equal([AuditAct.RecordCreated, AuditAct.DraftKept, AuditAct.DraftEnded], await ActsAsync(patient));
    }

    [Fact]
    public async Task Save_OfAPatientOutOfReach_IsAnEntryEachTime()
    {
        var (nurse, foreign) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddChartAsync());
        for (var i = 0; i < 2; i++)
        {
            await Drafts.SaveAsync(await clinic.People.ActorAsync(nurse), foreign, "form", "What?", default);
        }

        Assert.Equal([AuditAct.DraftKept, AuditAct.DraftKept], await ActsAsync(nurse));
    }

    private async Task<List<AuditAct>> ActsAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        return [.. (await db.Set<AuditEntry>().Where(entry => entry.AccountId == person.AccountId).Select(entry => entry.Act).ToListAsync())
            .Order()];
    }
}
