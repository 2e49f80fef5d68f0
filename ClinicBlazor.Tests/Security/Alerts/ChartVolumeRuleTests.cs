using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>Far more charts in a day than somebody usually opens, and than others in their role do.</summary>
[Trait("Requirement", "S4-10")]
public abstract class ChartVolumeRuleTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : ChartVolumeRuleTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : ChartVolumeRuleTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private DateOnly Today => DateOnly.FromDateTime(Host.Clock.GetUtcNow().UtcDateTime);

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    public async Task Charts_OfADayWithNothingToCompare_AreAnAlertAboveTheLeast(int charts, int alerts)
    {
        var account = Guid.CreateVersion7();

        await Host.DoAndJudgeAsync(Charts(account, charts));

        var found = await Host.AlertsOfAsync(account);
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.ChartVolume, 21), (alert.Kind, alert.Count)));
        Assert.Equal([(Today, charts)], await VolumesAsync(account));
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 1)]
    public async Task Charts_OfSomebodyWithAFortnight_AreAnAlertAboveThreeTimesTheirMean(int charts, int alerts)
    {
        var account = Guid.CreateVersion7();
        await KeepAsync(account, Roles.Doctor, (-1, 8), (-7, 12), (-14, 10), (-15, 500));

        await Host.DoAndJudgeAsync(Charts(account, charts));

        Assert.Equal(alerts, (await Host.AlertsOfAsync(account)).Count);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public async Task Charts_OfSomebodyWhoseRoleOpensMore_AreAnAlertAboveThreeTimesTheMeanOfTheRole(int charts, int alerts)
    {
        var account = Guid.CreateVersion7();
        await KeepAsync(account, Roles.Doctor, (-1, 5));
        await KeepAsync(Guid.CreateVersion7(), Roles.Doctor, (-1, 15), (-2, 25));
        await KeepAsync(Guid.CreateVersion7(), Roles.Reception, (-1, 500));

        await Host.DoAndJudgeAsync(Charts(account, charts));

        Assert.Equal(alerts, (await Host.AlertsOfAsync(account)).Count);
    }

    [Fact]
    public async Task Charts_OpenedAgainAndAgain_CountOnce()
    {
        var (account, patient) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await Host.DoAndJudgeAsync(new[] { AuditAct.PatientRead, AuditAct.RecordRead, AuditAct.RecordPrinted, AuditAct.ChartPrinted,
            AuditAct.IdentifierShown }.SelectMany(act => Chart(account, act, patient).Times(10)));

        Assert.Empty(await Host.AlertsOfAsync(account));
        Assert.Equal([(Today, 1)], await VolumesAsync(account));
    }

    [Fact]
    public async Task Charts_OfDifferentDays_AreJudgedByTheirDay()
    {
        var account = Guid.CreateVersion7();
        await Host.DoAsync(Charts(account, 15));
        Host.Clock.Advance(TimeSpan.FromDays(1));

        await Host.DoAndJudgeAsync(Charts(account, 15));

        Assert.Empty(await Host.AlertsOfAsync(account));
        Assert.Equal([(Today.AddDays(-1), 15), (Today, 15)], await VolumesAsync(account));
    }

    [Fact]
    public async Task Charts_OneAfterTheOther_AreOneAlertThatCountsPatients()
    {
        var account = Guid.CreateVersion7();
        for (var i = 0; i < 30; i++)
        {
            await Host.DoAndJudgeAsync(Charts(account, 1));
        }

        Assert.Equal(30, Assert.Single(await Host.AlertsOfAsync(account)).Count);
    }

    [Fact]
    public async Task Charts_AfterSomebodyLooked_AreJudgedByThemselves()
    {
        var account = Guid.CreateVersion7();
        await Host.DoAndJudgeAsync(Charts(account, 25));
        await Host.AcknowledgeAsync(Assert.Single(await Host.AlertsOfAsync(account)));

        await Host.DoAndJudgeAsync(Charts(account, 20));
        Assert.Single(await Host.AlertsOfAsync(account));

        await Host.DoAndJudgeAsync(Charts(account, 1));
        Assert.Equal([25, 21], (await Host.AlertsOfAsync(account)).Select(alert => alert.Count));
    }

    [Fact]
    public async Task Charts_ThatAPatientOpensOrThatWereRefused_AreNone()
    {
        var account = Guid.CreateVersion7();

        await Host.DoAndJudgeAsync(Charts(account, 30).Select(deed => deed with { Roles = Roles.Patient })
            .Concat(Charts(account, 30).Select(deed => deed with { Outcome = AuditOutcome.Failed })));

        Assert.Empty(await Host.AlertsOfAsync(account));
        Assert.Empty(await VolumesAsync(account));
    }

    [Fact]
    public async Task Numbers_OlderThanAFortnight_GoByNight()
    {
        var account = Guid.CreateVersion7();
        await KeepAsync(account, Roles.Doctor, (0, 1), (-14, 2), (-15, 3));

        await Host.Get<NightlyCleaner>().CleanAsync(default);

        Assert.Equal([(Today.AddDays(-14), 2), (Today, 1)], await VolumesAsync(account));
    }

    private static Deed Chart(Guid account, AuditAct act, Guid patient) => new(act) { By = account, PatientId = patient };

    private static IEnumerable<Deed> Charts(Guid account, int count) =>
        Enumerable.Range(0, count).Select(_ => Chart(account, AuditAct.RecordRead, Guid.CreateVersion7())).ToList();

    private Task KeepAsync(Guid account, Roles role, params IEnumerable<(int Days, int Patients)> days) => Host.ArrangeAsync(db =>
    {
        foreach (var (offset, patients) in days)
        {
            var volume = new ChartVolume { AccountId = account, Day = Today.AddDays(offset) };
            volume.Is(patients, role);
            db.Set<ChartVolume>().Add(volume);
        }
    });

    private async Task<IReadOnlyList<(DateOnly, int)>> VolumesAsync(Guid account)
    {
        await using var db = await Host.OpenAsync();
        return [.. (await db.Set<ChartVolume>().Where(volume => volume.AccountId == account).OrderBy(volume => volume.Day).ToListAsync())
            .Select(volume => (volume.Day, volume.Patients))];
    }
}
