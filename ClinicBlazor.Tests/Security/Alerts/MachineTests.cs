using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>
/// What the program finds in itself: a broken trail, mail that cannot be sent, documents that no scanner looks through, a disk that is
/// nearly full.
/// </summary>
[Trait("Requirement", "S4-10")]
public abstract class MachineTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Gauge gauge = new();
    private readonly SetScanner scanner = new();
    private DomainHost? host;

    public sealed class OnSqlite() : MachineTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : MachineTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() =>
        host = await DomainHost.StartAsync(kind, services => services
            .AddSingleton<IDiskGauge>(gauge).AddSingleton<IVirusScanner>(scanner));

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData(AuditAct.AnchorsCompared, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.AuditVerified, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.AuditArchived, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.SealBroken, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.AnchorsCompared, AuditOutcome.Done, 0)]
    [InlineData(AuditAct.AuditVerified, AuditOutcome.Done, 0)]
    [InlineData(AuditAct.AuditArchived, AuditOutcome.Done, 0)]
    [InlineData(AuditAct.ValuesResealed, AuditOutcome.Failed, 0)]
    public async Task Trail_ThatDoesNotHold_IsAnAlertOfNobody(AuditAct act, AuditOutcome outcome, int alerts)
    {
        await Host.DoAndJudgeAsync(new Deed(act, outcome) { By = Guid.CreateVersion7(), PatientId = Guid.CreateVersion7() });

        var found = await Host.AlertsAsync();
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.TrailBroken, (Guid?)null, (AuditAct?)act, ""),
            (alert.Kind, alert.AccountId, alert.Act, alert.Address)));
    }

    [Fact]
    public async Task Trail_CutByHand_IsAnAlertWhenSomebodyVerifiesIt()
    {
        await TamperAsync();

        await Host.JudgeAsync();

        Assert.Equal(AlertKind.TrailBroken, Assert.Single(await Host.AlertsAsync()).Kind);
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    public async Task Mail_ThatWasNotTaken_IsAnAlertAfterHalfAnHour(int minutes, int alerts)
    {
        await QueueMailAsync();
        Host.Mailer.Failure = "the mail server is away";
        await Host.Get<MailSender>().SendDueAsync(default);
        Host.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await AskAsync();

        var found = await Host.AlertsAsync();
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.MailStuck, 1, ""), (alert.Kind, alert.Count, alert.Address)));
    }

    [Fact]
    public async Task Mail_ThatNobodyTriedYet_IsNone()
    {
        await QueueMailAsync();
        Host.Clock.Advance(TimeSpan.FromHours(2));

        await AskAsync();

        Assert.Empty(await Host.AlertsAsync());
    }

    [Fact]
    public async Task Mail_ThatWasGivenUp_IsAnAlertThatDoesNotLast()
    {
        await QueueMailAsync();
        Host.Mailer.Failure = "no such mailbox";
        await Host.Get<MailSender>().SendDueAsync(default);
        Host.Clock.Advance(TimeSpan.FromHours(RetryPauses.Hours));
        await Host.Get<MailSender>().SendDueAsync(default);

        await AskAsync();
        var alert = Assert.Single(await Host.AlertsAsync());
        await Host.AcknowledgeAsync(alert);
        Host.Clock.Advance(TimeSpan.FromHours(2));
        await AskAsync();

        Assert.Single(await Host.AlertsAsync());
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    public async Task Document_ThatWaitsForTheScanner_IsAnAlertAfterHalfAnHour(int minutes, int alerts)
    {
        await AddDocumentAsync();
        scanner.Says = null;
        Host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await Host.Get<DocumentScanner>().ScanAsync(default);

        await AskAsync();
        await AskAsync();

        var found = await Host.AlertsAsync();
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.DocumentsNotScanned, 1, ""), (alert.Kind, alert.Count, alert.Address)));
    }

    [Fact]
    public async Task Document_ThatWasLookedThrough_IsNone()
    {
        await AddDocumentAsync();
        await Host.Get<DocumentScanner>().ScanAsync(default);
        Host.Clock.Advance(TimeSpan.FromHours(2));

        await AskAsync();

        Assert.Empty(await Host.AlertsAsync());
    }

    [Fact]
    public async Task Document_WhoseFileIsBroken_WaitsForNoScanner()
    {
        var id = await AddDocumentAsync();
        File.Delete(Host.Get<DocumentVault>().PathOf(new VaultFile(id, default)));
        await Host.Get<DocumentScanner>().ScanAsync(default);
        Host.Clock.Advance(TimeSpan.FromHours(2));

        await AskAsync();
        await Host.JudgeAsync();

        Assert.Equal(AlertKind.TrailBroken, Assert.Single(await Host.AlertsAsync()).Kind);
    }

    [Theory]
    [InlineData(10.0, 0)]
    [InlineData(9.9, 1)]
    public async Task Disk_WithLessThanATenthFree_IsAnAlert(double free, int alerts)
    {
        gauge.Free = free;

        await AskAsync();

        var found = await Host.AlertsAsync();
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.DiskNearlyFull, 1), (alert.Kind, alert.Count)));
    }

    [Fact]
    public async Task Disk_ThatStaysFull_IsOneAlertThatCountsOnceAnHour()
    {
        gauge.Free = 3;
        for (var minute = 0; minute <= 150; minute++)
        {
            await AskAsync();
            Host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, Assert.Single(await Host.AlertsAsync()).Count);
        Assert.Equal(1, await EntriesAsync(AuditAct.AlertRaised));
    }

    [Fact]
    public async Task Disk_ThatStaysFullAfterSomebodyLooked_IsTheNextAlertAnHourLater()
    {
        gauge.Free = 3;
        await AskAsync();
        await Host.AcknowledgeAsync(Assert.Single(await Host.AlertsAsync()));
        Host.Clock.Advance(TimeSpan.FromMinutes(59));
        await AskAsync();
        Assert.Single(await Host.AlertsAsync());

        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await AskAsync();

        Assert.Equal(2, (await Host.AlertsAsync()).Count);
    }

    [Fact]
    public void Gauge_OfThisMachine_TellsAPartOfTheWhole() =>
        Assert.InRange(ActivatorUtilities.CreateInstance<DiskGauge>(Host.Services).FreePercent(), 0.01, 99.999);

    private Task AskAsync() => Host.Get<AlertWatcher>().AskAsync(default);

    private async Task<Guid> AddDocumentAsync()
    {
        var (nurse, patientId) = (await Host.People.AddStaffAsync(Roles.Nurse), await Host.People.AddChartAsync());
        await Host.People.AssignAsync(nurse, patientId);
        return await TestDocuments.AddAsync(Host, nurse, patientId);
    }

    private async Task QueueMailAsync()
    {
        var nurse = await Host.People.AddStaffAsync(Roles.Nurse);
        await Host.Get<RegistrationService>().RequestPasswordResetAsync(Actor.Anonymous(TestPeople.Client), nurse.Email, default);
    }

    private async Task<int> EntriesAsync(AuditAct act)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>().CountAsync(entry => entry.Act == act);
    }

    private async Task TamperAsync()
    {
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(Host);
        await intruder.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Address\" = 'elsewhere' WHERE \"Id\" = @p0", chain[1].EntryId);
        Assert.NotEmpty((await AuditSamples.VerifyAsync(Host)).Breaks);
    }

    /// <summary>A disk as full as a test says.</summary>
    private sealed class Gauge : IDiskGauge
    {
        public double Free { get; set; } = 60;

        public double FreePercent() => Free;
    }
}
