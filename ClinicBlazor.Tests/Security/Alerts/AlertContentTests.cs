using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Architecture;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>No alert carries anything clinical: there is no place for it, and nothing gets there in a noisy day.</summary>
[Trait("Requirement", "S4-10")]
public sealed class AlertContentTests
{
    private const string Symptom = "canary-heliotrope";

    private const string Name = "Canaryfamily";

    private const string Ssn = "900-45-7788";

    // An alert has no other text than these: a key that is made of ids and enumerations, a client address, and the sealed note.
    private static readonly Dictionary<string, Type[]> Columns = new()
    {
        [nameof(Alert)] =
        [
            typeof(Guid), typeof(Guid?), typeof(AlertKind), typeof(AuditAct?), typeof(DateTimeOffset), typeof(DateTimeOffset?), typeof(int),
        ],
        [nameof(QueuedNotice)] = [typeof(Guid), typeof(DateTimeOffset), typeof(DateTimeOffset?), typeof(int)],
        [nameof(ChartVolume)] = [typeof(Guid), typeof(DateOnly), typeof(Roles), typeof(int)],
        [nameof(AlertCursor)] = [typeof(Guid), typeof(long)],
    };

    private static readonly HashSet<string> Texts = ["Alert.Key", "Alert.Address", "Alert.Note", "QueuedNotice.Notifier"];

    [Fact]
    public void Columns_OfAlerts_HoldIdsKindsNumbersAndNoPatient()
    {
        var tables = BothModels.Sqlite.GetEntityTypes().Where(entity => Columns.ContainsKey(entity.ClrType.Name)).ToList();

        Assert.Equal(Columns.Count, tables.Count);
        foreach (var (table, column) in tables.SelectMany(table => table.GetProperties().Select(column => (table.ClrType.Name, column))))
        {
            Assert.DoesNotContain("Patient", column.ClrType == typeof(int) ? "" : column.Name, StringComparison.Ordinal);
            Assert.True(Texts.Contains($"{table}.{column.Name}") || Columns[table].Contains(column.ClrType),
                $"{table}.{column.Name} is a {column.ClrType}.");
        }

        Assert.Equal(typeof(SealedText), tables.Single(table => table.ClrType == typeof(Alert)).FindProperty(nameof(Alert.Note))!.ClrType);
    }

    [Fact]
    public void Notices_OfAlerts_HoldIdsKindsAndNumbers() =>
        Assert.Equal(["Administrators", "AlertId", "At", "Count", "Kind", "Severity"],
            typeof(AlertNotice).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Alerts_OfANoisyDay_HoldNothingOfThePatient(DatabaseKind kind)
    {
        var listener = new Listener();
        await using var host = await DomainHost.StartAsync(kind, services => services.AddSingleton<IAlertNotifier>(listener));
        var patientId = await NoisyDayAsync(host);

        await host.JudgeAsync();
        await host.Get<AlertTeller>().TellDueAsync(default);

        Assert.Equal([AlertKind.FailedSignIns, AlertKind.Denials, AlertKind.AttackInput, AlertKind.SessionMoved, AlertKind.ChartVolume,
            AlertKind.PowerChanged, AlertKind.TrailBroken], (await host.AlertsAsync()).Select(alert => alert.Kind).Distinct().Order());
        var intruder = new Intruder(host);
        var stored = new List<string>();
        foreach (var table in (string[])["Alerts", "QueuedNotices", "ChartVolumes", "AlertCursor"])
        {
            stored.AddRange((await intruder.QueryAsync($"SELECT * FROM \"{table}\"")).Select(row => string.Join('|', row)));
        }

        stored.AddRange(listener.Told.Select(notice => $"{notice} {string.Join(' ', notice.Administrators)}"));
        Assert.NotEmpty(listener.Told);
        foreach (var canary in (string[])[Symptom, Name, Ssn, Ssn.Replace("-", "", StringComparison.Ordinal), $"{patientId}"])
        {
            Assert.DoesNotContain(stored, text => text.Contains(canary, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>A day in which everything happens around one patient; answers with the patient's id.</summary>
    private static async Task<Guid> NoisyDayAsync(DomainHost host)
    {
        var patientId = await host.People.AddChartAsync("Canary", Name, Ssn);
        var doctor = await host.People.AddStaffAsync(Roles.Doctor);
        var (nurse, reception) = (await host.People.AddStaffAsync(Roles.Nurse), await host.People.AddStaffAsync(Roles.Reception));
        await host.People.AssignAsync(doctor, patientId);
        var recordId = await host.People.AddRecordAsync(patientId, doctor, Symptom);
        var actor = await host.People.ActorAsync(doctor);
        await host.Get<RecordService>().GetAsync(actor, recordId, default);
        for (var i = 0; i < 5; i++)
        {
            await host.Get<RecordService>().GetAsync(await host.People.ActorAsync(nurse), recordId, default);
            await host.Get<PatientService>().ListAsync(actor, new PatientQuery(Name), default);
            await host.Get<AttackReport>().WriteAsync(actor, refused: true, default);
        }

        await host.Get<CareTeamService>().AddAsync(await host.People.ActorAsync(reception), patientId, nurse.AccountId, default);
        await host.DoAsync(Enumerable.Range(0, 30).Select(_ => new Deed(AuditAct.PatientRead)
        {
            By = doctor.AccountId, PatientId = Guid.CreateVersion7(),
        }));
        await host.DoAsync(new Deed(AuditAct.SignIn, AuditOutcome.Failed) { By = nurse.AccountId }.Times(6));
        await host.DoAsync(
            new Deed(AuditAct.SealBroken, AuditOutcome.Failed) { By = doctor.AccountId, PatientId = patientId },
            new Deed(AuditAct.SessionClientChanged, AuditOutcome.Denied) { By = doctor.AccountId, PatientId = patientId });
        return patientId;
    }

    /// <summary>Keeps what it is told.</summary>
    private sealed class Listener : IAlertNotifier
    {
        public string Name => "listener";

        public List<AlertNotice> Told { get; } = [];

        public Task TellAsync(AlertNotice notice, CancellationToken ct)
        {
            Told.Add(notice);
            return Task.CompletedTask;
        }
    }
}
