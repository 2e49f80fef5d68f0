using System.Collections.Concurrent;
using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Records;

/// <summary>Lists of records: none says of a record what the record's own page would not.</summary>
[Trait("Requirement", "S4-04")]
public abstract class SignedListTests(ClinicFixture clinic) : RecordActs(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : SignedListTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SignedListTests(clinic), IClassFixture<PostgresClinic>
    {
        // SQLite answers all queries of a list from one state of the database.
        [Fact]
        public async Task List_OfARecordThatIsSignedWhileItIsRead_RaisesNoFalseAlarm()
        {
            var queries = new HeldQueries();
            await using var host = await queries.StartAsync(DatabaseKind.Postgres);
            var (doctor, patient) = (await host.People.AddStaffAsync(Roles.Doctor), await host.People.AddPatientAsync());
            await host.People.AssignAsync(doctor, patient.PatientId!.Value);
            var recordId = await host.People.AddRecordAsync(patient.PatientId.Value, doctor, diagnosis: "Sinusitis.");
            var actor = await host.People.ActorAsync(patient);
            var (go, reached) = queries.HoldNext("Signatures");
            var listing = host.Get<RecordService>().ListAsync(actor, patient.PatientId.Value, null, default);
            await reached;
            await SignAsync(doctor, patient.PatientId.Value, recordId, host);
            go.SetResult();

            Assert.Equal(RecordPhase.Signed, Assert.Single((await listing).Value.Items).Phase);
        }
    }

    private Intruder Intruder => new(Clinic.Host);

    [Fact]
    public async Task List_OfARecordThatWasNeverSigned_CallsItSignedForNoStatus()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, doctor, diagnosis: "Never signed.");

        await Intruder.ForceAsync("UPDATE \"MedicalRecords\" SET \"Status\" = 'Final' WHERE \"Id\" = @p0", recordId);

        var rows = await ListedAsync(doctor, patient, recordId);
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal((RecordPhase.Broken, null), (row.Phase, row.Diagnosis)));
    }

    [Fact]
    public async Task List_WithARecordThatDoesNotOpen_ShowsTheOthersAndSaysSoOfIt()
    {
        var (doctor, patient) = await PairAsync();
        var broken = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, "Words about a marigold.");
        Clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var whole = await Clinic.People.AddRecordAsync(patient.PatientId.Value, patient, "Words about a heliotrope.");

        var other = await OtherValue.OfAsync(Clinic.Host, "MedicalRecords", "Symptoms");
        await Intruder.ForceAsync($"UPDATE \"MedicalRecords\" SET \"Symptoms\" = {other} WHERE \"Id\" = @p0", broken);

        var rows = (await Records.ListAsync(await Act(patient), patient.PatientId.Value, null, default)).Value.Items;
        Assert.Equal([(whole, RecordPhase.Waiting, "Words about a heliotrope."), (broken, RecordPhase.Unreadable, "")],
            rows.Select(row => (row.Id, row.Phase, row.Symptoms)));
        Assert.Equal(4, (await ListedAsync(doctor, patient, broken)).Count(row => row.Phase == RecordPhase.Unreadable));
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task List_OfASignedRecordThatWasEnteredInError_SaysSoAndItsPageDoesToo()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await SignedAsync(doctor, patient);
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;
        await Records.MarkEnteredInErrorAsync(
            await Act(doctor), patient.PatientId!.Value, recordId, "Of another patient.", version, default);

        Assert.Equal([RecordPhase.Withdrawn], (await ListedAsync(doctor, patient, recordId)).Select(row => row.Phase));
        Assert.Equal(RecordPhase.Withdrawn, (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Phase);
        var own = (await Records.GetAsync(await Act(patient), recordId, default)).Value;
        Assert.Equal((RecordPhase.Withdrawn, 0, null), (own.Phase, own.Versions.Count, own.ErrorReason));
    }

    [Fact]
    [Trait("Requirement", "B-10")]
    public async Task List_OfTwentyFiveSignedRecords_AsksNoMoreOftenThanForOneAndReadsAKeyOnce()
    {
        var recorder = new Recorder();
        await using var host = await DomainHost.StartAsync(Clinic.Host.Kind, services => services
            .ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(recorder))
            .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(recorder)));
        var (doctor, patient) = (await host.People.AddStaffAsync(Roles.Doctor), await host.People.AddPatientAsync());
        await host.People.AssignAsync(doctor, patient.PatientId!.Value);
        await SignedAsync(doctor, patient, host);
        var one = await AskAsync();
        for (var i = 1; i < 25; i++)
        {
            await SignedAsync(doctor, patient, host);
        }

        var all = await AskAsync();

        Assert.Equal((1, 25), (one.Signed, all.Signed));
        Assert.Equal(one.Queries, all.Queries);
        Assert.Single(all.Queries, query => query.Contains("\"SigningKeys\"", StringComparison.Ordinal));

        async Task<(int Signed, IReadOnlyList<string> Queries)> AskAsync()
        {
            var actor = await host.People.ActorAsync(doctor);
            recorder.Queries.Clear();
            var page = (await host.Get<RecordService>().ListAsync(actor, patient.PatientId.Value, null, default)).Value;
            return (page.Items.Count(row => row.Phase == RecordPhase.Signed), [.. recorder.Queries.Select(Table)]);
        }
    }

    /// <summary>Which table a query is about: with more ids it has more parameters.</summary>
    private static string Table(string sql) => sql[sql.IndexOf("FROM ", StringComparison.Ordinal)..].Split('\n')[0];

    private Task<Guid> SignedAsync(TestPerson doctor, TestPerson patient) => SignedAsync(doctor, patient, Clinic.Host);

    private static async Task<Guid> SignedAsync(TestPerson doctor, TestPerson patient, DomainHost host)
    {
        var recordId = await host.People.AddRecordAsync(patient.PatientId!.Value, doctor, diagnosis: "Sinusitis.");
        await SignAsync(doctor, patient.PatientId.Value, recordId, host);
        return recordId;
    }

    private static async Task SignAsync(TestPerson doctor, Guid patientId, Guid recordId, DomainHost host)
    {
        await using var db = await host.OpenAsync();
        var version = (await db.Set<MedicalRecord>().SingleAsync(row => row.Id == recordId)).Version;
        Assert.True((await host.Get<RecordService>()
            .SignAsync(await host.People.ActorAsync(doctor), patientId, recordId, version, default)).IsSuccess);
    }

    private sealed class Recorder : DbCommandInterceptor
    {
        public ConcurrentQueue<string> Queries { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
                CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            {
                Queries.Enqueue(command.CommandText);
            }

            return ValueTask.FromResult(result);
        }
    }
}
